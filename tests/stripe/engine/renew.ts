import { change, emit } from '../events/record';
import type { Invoice, Subscription, SubscriptionItem } from '../types';
import type { World } from '../world';
import { nextBoundary } from './calendar';
import { draftInvoice } from './draft-invoice';
import { finalizeInvoice, markUncollectible, voidInvoice } from './invoices';
import { dropUsed } from './discounts';
import { itemLine, pendingLine, type LineDraft } from './invoice-lines';
import { methodToCharge } from './payment-methods';
import { cycleOf, itemList } from './subscribe';

/**
 * The period of some items has ended: they enter the next one and a draft invoice is made, which
 * Stripe leaves open to changes for about an hour
 * (https://docs.stripe.com/billing/invoices/subscription#subscription-renewal).
 */
export function renew(world: World, subscription: Subscription): void {
  const now = world.now(subscription.test_clock);
  const wasTrial = subscription.status === 'trialing';
  const due = subscription.items.data.filter((item) => item.current_period_end <= now);
  const items = subscription.items.data.map((item) =>
    due.includes(item) ? nextPeriod(subscription, item) : item
  );
  const status = wasTrial ? 'active' : subscription.status;
  const period = {
    start: Math.min(...due.map((item) => item.current_period_start)),
    end: now,
  };
  const renewed: Subscription = {
    ...subscription,
    items: itemList(subscription.id, items),
    status,
  };
  const lines = items
    .filter((item) => item.current_period_start === now)
    .map((item) => itemLine(world, renewed, item, false));
  const discounts = dropUsed(world, subscription, []);
  const invoice = draftInvoice(
    world,
    { ...subscription, discounts },
    {
      reason: 'subscription_cycle',
      lines: [...takePending(world, subscription), ...lines],
      period,
      finalizesIn: collects(renewed) ? world.settings.finalizeAfter : null,
    }
  );
  change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { items: renewed.items, status, latest_invoice: invoice.id },
    'customer.subscription.updated'
  );
  if (renewed.pause_collection) holdBack(world, renewed, invoice);
}

/** The trial is over and there is no card: what `trial_settings.end_behavior` says. */
export function trialEndsWithoutCard(world: World, subscription: Subscription): boolean {
  if (subscription.status !== 'trialing') return false;
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (behavior !== 'cancel' && behavior !== 'pause') return false;
  const customer = world.tables.customers.get(subscription.customer);
  return !customer || !methodToCharge(world, customer, subscription);
}

/** `paused` after a trial without a card, with its own event. */
export function pauseAfterTrial(world: World, subscription: Subscription): void {
  const paused = change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'paused' },
    'customer.subscription.updated'
  );
  emit(world, 'customer.subscription.paused', paused);
}

/** Pending prorations of a subscription, taken onto the invoice that is being made. */
export function takePending(world: World, subscription: Subscription): LineDraft[] {
  const { invoiceItems } = world.tables;
  const pending = invoiceItems.filter(
    (item) =>
      item.invoice === null && item.parent?.subscription_details?.subscription === subscription.id
  );
  for (const item of pending) invoiceItems.remove(item.id);
  return pending.map((item) => pendingLine(world, item));
}

function nextPeriod(subscription: Subscription, item: SubscriptionItem): SubscriptionItem {
  const { interval, interval_count } = cycleOf(item.price);
  const start = item.current_period_end;
  return {
    ...item,
    current_period_start: start,
    current_period_end: nextBoundary(
      subscription.billing_cycle_anchor,
      interval,
      interval_count,
      start
    ),
  };
}

/** Unpaid subscriptions and `keep_as_draft` leave their invoices as drafts. */
function collects(subscription: Subscription): boolean {
  if (subscription.status === 'unpaid') return false;
  return subscription.pause_collection?.behavior !== 'keep_as_draft';
}

/** https://docs.stripe.com/billing/subscriptions/pause-payment */
function holdBack(world: World, subscription: Subscription, invoice: Invoice): void {
  const behavior = subscription.pause_collection?.behavior;
  if (behavior === 'keep_as_draft') return;
  finalizeInvoice(world, invoice.id);
  if (behavior === 'void') voidInvoice(world, invoice.id);
  else markUncollectible(world, invoice.id);
}
