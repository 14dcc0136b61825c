import type Stripe from 'stripe';
import { buildCustomer } from '../engine/customers';
import { redeemable } from '../engine/discounts';
import { draftOneOff } from '../engine/one-off';
import { subscribe } from '../engine/subscribe';
import { asPreview, upcomingInvoice } from '../engine/upcoming';
import { invalid, missingParam } from '../http/errors';
import type { Customer, Invoice, Stored } from '../types';
import { need, type World } from '../world';
import { addPriced } from './invoice-items';
import { scheduledChanges } from './schedule-building';
import { itemGiven, priceOf } from './subscription-items-param';
import { updateSubscription } from './subscription-update';

type Given = Stored<Stripe.InvoiceCreatePreviewParams>;

/**
 * What would be billed: the change is made in a rehearsal, which leaves no trace, so that a preview
 * and the real thing cannot differ.
 */
export function previewInvoice(world: World, params: Given): Invoice {
  return world.rehearse(() => {
    if (params.subscription) return ofSubscription(world, params, params.subscription);
    if (params.schedule) return ofSchedule(world, params.schedule);
    const customer = payerOf(world, params);
    const items = params.subscription_details?.items ?? params.schedule_details?.phases?.[0]?.items;
    if (!items) {
      addItems(world, params, customer.id);
      const invoice = draftOneOff(world, {
        customer,
        currency: params.currency ?? customer.currency ?? world.account.default_currency ?? 'usd',
        collectionMethod: 'charge_automatically',
        daysUntilDue: null,
        subscription: undefined,
        includePending: true,
        fields: {},
      });
      return asPreview(invoice);
    }
    const { subscription } = subscribe(world, {
      customer,
      items: items.map((item, index) => ({
        price: priceOf(world, itemGiven(item), `subscription_details[items][${index}]`),
        quantity: item.quantity ?? 1,
      })),
      metadata: {},
      discounts: (params.discounts || []).map((each, index) =>
        redeemable(world, each, `discounts[${index}]`)
      ),
      currency: params.currency,
      trialEnd: trialEnd(params),
      collectNow: false,
    });
    return preview(world, subscription.latest_invoice);
  });
}

/** Who would pay: a customer, or somebody who is only described. */
function payerOf(world: World, params: Given): Customer {
  if (params.customer) return need(world, (t) => t.customers, params.customer, 'customer');
  if (!params.customer_details) throw missingParam('customer');
  return world.tables.customers.put(buildCustomer(world, {}));
}

function ofSubscription(world: World, params: Given, id: string): Invoice {
  const was = need(world, (t) => t.subscriptions, id, 'subscription');
  if (was.ended_at !== null) {
    throw invalid('No upcoming invoices for customer', undefined, 'invoice_upcoming_none');
  }
  const details = params.subscription_details ?? {};
  const { cancel_at, cancel_at_period_end, proration_behavior, billing_cycle_anchor } = details;
  addItems(world, params, was.customer, id);
  const after = updateSubscription(world, was, {
    ...(details.items ? { items: details.items.map(itemGiven) } : {}),
    ...(cancel_at === undefined ? {} : { cancel_at }),
    ...(cancel_at_period_end === undefined ? {} : { cancel_at_period_end }),
    ...(details.trial_end === undefined ? {} : { trial_end: details.trial_end }),
    ...(proration_behavior ? { proration_behavior } : {}),
    ...(billing_cycle_anchor?.type === 'now' ? { billing_cycle_anchor: { type: 'now' } } : {}),
    ...(params.discounts === undefined ? {} : { discounts: params.discounts }),
  });
  const billed = after.latest_invoice !== was.latest_invoice;
  return billed ? preview(world, after.latest_invoice) : upcomingInvoice(world, after);
}

/** The next thing a schedule will bill. */
function ofSchedule(world: World, id: string): Invoice {
  const schedule = need(world, (t) => t.subscriptionSchedules, id, 'schedule');
  const was = need(world, (t) => t.subscriptions, schedule.subscription ?? '', 'schedule');
  const [, next] = schedule.phases.filter(
    (phase) => phase.end_date > (schedule.current_phase?.start_date ?? 0)
  );
  if (!next) return upcomingInvoice(world, was);
  return upcomingInvoice(world, updateSubscription(world, was, scheduledChanges(was, next)));
}

function preview(world: World, id: string | null): Invoice {
  const invoice = world.tables.invoices.get(id ?? '');
  if (!invoice)
    throw invalid('No upcoming invoices for customer', undefined, 'invoice_upcoming_none');
  return asPreview(invoice);
}

function trialEnd(params: Given): number | null {
  const given = params.subscription_details?.trial_end;
  return typeof given === 'number' ? given : null;
}

function addItems(world: World, params: Given, customer: string, subscription?: string): void {
  for (const item of params.invoice_items ?? []) {
    if (item.invoiceitem) continue;
    const { currency = params.currency } = item;
    addPriced(world, {
      ...item,
      customer,
      ...(currency ? { currency } : {}),
      ...(subscription ? { subscription } : {}),
    });
  }
}
