import { change, create, emit } from '../events/record';
import { newId } from '../store/ids';
import type { InvoiceItem, Price, Subscription, SubscriptionItem } from '../types';
import type { World } from '../world';
import { nextBoundary } from './calendar';
import { collect, settle } from './collect';
import { draftInvoice, finalizeInvoice, invoiceNow } from './invoices';
import { itemLine, productName } from './invoice-lines';
import { takePending } from './renew';
import { cycleOf, itemList } from './subscribe';

export type Proration = 'always_invoice' | 'create_prorations' | 'none';

/**
 * Puts a new set of items on a subscription, with the prorations it asks for. A change of
 * interval starts a new cycle now and bills it at once
 * (https://docs.stripe.com/billing/subscriptions/change-price).
 */
export function changeItems(
  world: World,
  subscription: Subscription,
  wanted: SubscriptionItem[],
  proration: Proration
): { subscription: Subscription; bill: boolean } {
  const now = world.now(subscription.test_clock);
  const restart = subscription.status === 'active' && newCycle(subscription, wanted);
  const items = restart ? wanted.map((item) => restarted(item, now)) : wanted;
  if (proration !== 'none' && subscription.status === 'active') {
    for (const was of subscription.items.data) {
      const is = items.find((item) => item.id === was.id);
      if (is && same(was, is)) continue;
      credit(world, subscription, was, now);
      if (is && !restart) debit(world, subscription, is, now);
    }
    for (const is of items) {
      if (restart || subscription.items.data.some((was) => was.id === is.id)) continue;
      debit(world, subscription, is, now);
    }
  }
  const changed: Subscription = {
    ...subscription,
    items: itemList(subscription.id, items),
    billing_cycle_anchor: restart ? now : subscription.billing_cycle_anchor,
  };
  return { subscription: changed, bill: restart || proration === 'always_invoice' };
}

/** Bills what is pending now, with the new period's lines when a new cycle began. */
export function billNow(world: World, subscription: Subscription): Subscription {
  const now = world.now(subscription.test_clock);
  const fresh = subscription.billing_cycle_anchor === now && subscription.created !== now;
  const lines = [
    ...takePending(world, subscription),
    ...(fresh
      ? subscription.items.data.map((item) => itemLine(world, subscription, item, false))
      : []),
  ];
  if (lines.length === 0) return subscription;
  const invoice = draftInvoice(world, subscription, {
    reason: 'subscription_update',
    lines,
    period: { start: subscription.start_date, end: now },
    finalizesIn: 0,
  });
  const { subscriptions } = world.tables;
  change(world, subscriptions, subscription.id, { latest_invoice: invoice.id });
  finalizeInvoice(world, invoice.id);
  if (invoiceNow(world, invoice.id).amount_due === 0) settle(world, invoice.id);
  else collect(world, invoice.id);
  return subscriptions.get(subscription.id) ?? subscription;
}

function newCycle(subscription: Subscription, wanted: SubscriptionItem[]): boolean {
  const cycle = (item: SubscriptionItem) => {
    const { interval, interval_count } = cycleOf(item.price);
    return `${interval_count} ${interval}`;
  };
  const before = new Set(subscription.items.data.map(cycle));
  return wanted.some((item) => !before.has(cycle(item)));
}

function restarted(item: SubscriptionItem, now: number): SubscriptionItem {
  const { interval, interval_count } = cycleOf(item.price);
  return {
    ...item,
    current_period_start: now,
    current_period_end: nextBoundary(now, interval, interval_count, now),
  };
}

function same(a: SubscriptionItem, b: SubscriptionItem): boolean {
  return a.price.id === b.price.id && a.quantity === b.quantity;
}

function credit(world: World, sub: Subscription, item: SubscriptionItem, now: number): void {
  pend(world, sub, item, -1, `Unused time on ${productName(world, item)} after ${day(now)}`, now);
}

function debit(world: World, sub: Subscription, item: SubscriptionItem, now: number): void {
  pend(world, sub, item, 1, `Remaining time on ${productName(world, item)} after ${day(now)}`, now);
}

function pend(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  sign: 1 | -1,
  description: string,
  now: number
): void {
  const { current_period_start: start, current_period_end: end, price } = item;
  const left = Math.max(0, end - now) / (end - start);
  const quantity = item.quantity ?? 1;
  const amount = sign * Math.round((price.unit_amount ?? 0) * quantity * left);
  const row: InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    amount,
    currency: price.currency,
    customer: subscription.customer,
    customer_account: null,
    date: now,
    description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: world.livemode,
    metadata: {},
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: 'subscription_details',
    },
    period: { start: now, end },
    pricing: pricing(price),
    proration: true,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: subscription.test_clock,
  };
  create(world, world.tables.invoiceItems, row, 'invoiceitem.created');
}

function pricing(price: Price): InvoiceItem['pricing'] {
  return {
    price_details: { price: price.id, product: price.product },
    type: 'price_details',
    unit_amount_decimal: price.unit_amount_decimal,
  };
}

function day(seconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    seconds * 1000
  );
}

/** Ends a trial now: the subscription is billed from this moment on. */
export function endTrial(world: World, subscription: Subscription): Subscription {
  const now = world.now(subscription.test_clock);
  const items = subscription.items.data.map((item) => restarted(item, now));
  return {
    ...subscription,
    status: 'active',
    trial_end: now,
    billing_cycle_anchor: now,
    items: itemList(subscription.id, items),
  };
}

/** A paused subscription starts a new cycle and is billed for it. */
export function resume(world: World, subscription: Subscription): Subscription {
  const restartedNow = { ...endTrial(world, subscription), trial_end: subscription.trial_end };
  const changed = change(
    world,
    world.tables.subscriptions,
    subscription.id,
    restartedNow,
    'customer.subscription.updated'
  );
  emit(world, 'customer.subscription.resumed', changed);
  return billNow(world, changed);
}
