import { change, emit } from '../events/record';
import type { Invoice, InvoiceItem, Subscription } from '../types';
import type { World } from '../world';
import { draftInvoice } from './draft-invoice';
import { finalizeInvoice, markUncollectible, voidInvoice } from './invoices';
import { dropUsed } from './discounts';
import { itemLine, pendingLine } from './invoice-lines';
import { pendingItems } from './one-off';
import { methodToCharge } from './payment-methods';
import { itemList } from './subscribe';
import { nextPeriod } from './upcoming';

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
  const pending = pendingOf(world, subscription);
  const invoice = draftInvoice(
    world,
    { ...subscription, discounts },
    {
      reason: 'subscription_cycle',
      lines: [...pending.map((item) => pendingLine(world, item)), ...lines],
      period,
      finalizesIn: collects(renewed) ? world.settings.finalizeAfter : null,
    }
  );
  placeItems(world, pending, invoice.id);
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

/** Pending prorations of a subscription, which come onto the invoice that is being made. */
export function pendingOf(world: World, subscription: Subscription): InvoiceItem[] {
  return pendingItems(world, subscription.customer, subscription.currency, subscription.id);
}

/** Notes on which invoice they came. */
export function placeItems(world: World, items: InvoiceItem[], invoice: string): void {
  for (const item of items) change(world, world.tables.invoiceItems, item.id, { invoice });
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
