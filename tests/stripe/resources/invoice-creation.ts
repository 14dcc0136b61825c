import type Stripe from 'stripe';
import { draftOneOff } from '../engine/one-off';
import { redeem, redeemable } from '../engine/discounts';
import { change } from '../events/record';
import { missingParam } from '../http/errors';
import type { Invoice, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, shippingOf } from './fields';
import { taxRates } from './subscription-terms';

/** `POST /v1/invoices`: what is pending for a customer or a subscription, or nothing yet. */
export function createInvoice(world: World, params: Stored<Stripe.InvoiceCreateParams>): Invoice {
  const subscription = params.subscription
    ? need(world, (tables) => tables.subscriptions, params.subscription, 'subscription')
    : undefined;
  const id = params.customer ?? subscription?.customer;
  if (!id) throw missingParam('customer');
  const customer = need(world, (tables) => tables.customers, id, 'customer');
  const now = world.now(customer.test_clock);
  const advances = params.auto_advance ?? false;
  const discounts = (params.discounts || []).map(
    (each, index) =>
      redeem(
        world,
        { customer: customer.id, subscription: null },
        redeemable(world, each, `discounts[${index}]`),
        null
      ).id
  );
  const included = params.pending_invoice_items_behavior;
  const made = draftOneOff(world, {
    customer,
    currency:
      params.currency?.toLowerCase() ??
      subscription?.currency ??
      customer.currency ??
      pendingCurrency(world, id) ??
      world.account.default_currency ??
      'usd',
    collectionMethod:
      params.collection_method ?? subscription?.collection_method ?? 'charge_automatically',
    daysUntilDue: params.days_until_due ?? subscription?.days_until_due ?? null,
    subscription,
    includePending: subscription !== undefined || included === 'include',
    fields: {
      auto_advance: advances,
      automatically_finalizes_at: advances ? now + world.settings.finalizeAfter : null,
      default_payment_method: params.default_payment_method ?? null,
      description: params.description ?? null,
      footer: params.footer ?? null,
      metadata: metadata(params.metadata),
      custom_fields: params.custom_fields || null,
      default_tax_rates: taxRates(world, params.default_tax_rates) ?? [],
      ...(params.payment_settings?.payment_method_types
        ? { payment_settings: withTypes(params.payment_settings.payment_method_types) }
        : {}),
      shipping_details: shippingOf(params.shipping_details, null),
      statement_descriptor: params.statement_descriptor ?? null,
      ...(params.due_date ? { due_date: params.due_date } : {}),
      ...(discounts.length > 0 ? { discounts } : {}),
    },
  });
  if (subscription) {
    const { subscriptions } = world.tables;
    change(world, subscriptions, subscription.id, { latest_invoice: made.id });
  }
  return made;
}

function pendingCurrency(world: World, customer: string): string | undefined {
  return world.tables.invoiceItems.filter(
    (item) => item.customer === customer && item.invoice === null
  )[0]?.currency;
}

const withTypes = (types: string[]): Invoice['payment_settings'] => ({
  default_mandate: null,
  payment_method_options: null,
  payment_method_types: types,
});
