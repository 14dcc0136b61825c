import { change } from '../events/record';
import type { Subscription, SubscriptionItem } from '../types';
import type { World } from '../world';
import { cycleAround, nextBoundary } from './calendar';
import { collect, settle } from './collect';
import { draftInvoice } from './draft-invoice';
import { finalizeInvoice, invoiceNow } from './invoices';
import { itemLine, pendingLine } from './invoice-lines';
import { credit, debit } from './prorate';
import { pendingOf, placeItems } from './renew';
import { cycleOf, itemList } from './subscribe';

export type Proration = 'always_invoice' | 'create_prorations' | 'none';

export interface ItemsChange {
  proration: Proration;
  /** `billing_cycle_anchor: now`: a new cycle begins with this call. */
  restart: boolean;
}

export interface ItemsChanged {
  subscription: Subscription;
  /** What is pending is billed in the same call. */
  bill: boolean;
  /** A new cycle has begun and is billed whole. */
  restarted: boolean;
}

/**
 * Puts a new set of items on a subscription, with the prorations it asks for. Another interval is
 * billed at once. In flexible billing mode it keeps the anchor and prorates the new interval
 * around it (so recorded); without prorations a new cycle begins.
 * https://docs.stripe.com/billing/subscriptions/change-price
 */
export function changeItems(
  world: World,
  subscription: Subscription,
  wanted: SubscriptionItem[],
  { proration, restart }: ItemsChange
): ItemsChanged {
  const active = subscription.status === 'active' || subscription.status === 'past_due';
  const now = world.now(subscription.test_clock);
  const newInterval = active && changesInterval(subscription, wanted);
  const restarted = active && (restart || (newInterval && proration === 'none'));
  const items = wanted.map((item) => {
    if (restarted) return restartItem(item, now);
    return newInterval ? placed(subscription, item, now) : item;
  });
  if (proration !== 'none' && active) prorate(world, subscription, items, restarted);
  return {
    subscription: {
      ...subscription,
      items: itemList(subscription.id, items),
      billing_cycle_anchor: restarted ? now : subscription.billing_cycle_anchor,
    },
    bill: restarted || newInterval || proration === 'always_invoice',
    restarted,
  };
}

function prorate(
  world: World,
  subscription: Subscription,
  items: SubscriptionItem[],
  restarted: boolean
): void {
  const before = subscription.items.data;
  for (const was of before) {
    const is = items.find((item) => item.id === was.id);
    if (is && same(was, is) && !restarted) continue;
    credit(world, subscription, was);
    if (is && !restarted) debit(world, subscription, is);
  }
  for (const is of items) {
    if (restarted || before.some((was) => was.id === is.id)) continue;
    debit(world, subscription, is);
  }
}

/** Bills what is pending now, with the whole new period when a new cycle has begun. */
export function billNow(
  world: World,
  subscription: Subscription,
  restarted: boolean
): Subscription {
  const id = draftNow(world, subscription, restarted);
  const { subscriptions } = world.tables;
  if (!id) return subscription;
  change(world, subscriptions, subscription.id, { latest_invoice: id });
  const sent = subscription.collection_method === 'send_invoice';
  if (sent) return subscriptions.get(subscription.id) ?? subscription;
  finalizeInvoice(world, id);
  if (invoiceNow(world, id).amount_due === 0) settle(world, id);
  else collect(world, id);
  return subscriptions.get(subscription.id) ?? subscription;
}

/** The draft of what is pending; `undefined` when nothing is. */
export function draftNow(
  world: World,
  subscription: Subscription,
  restarted: boolean
): string | undefined {
  const now = world.now(subscription.test_clock);
  const pending = pendingOf(world, subscription);
  const whole = restarted ? subscription.items.data : [];
  const lines = [
    ...pending.map((item) => pendingLine(world, item)),
    ...whole.map((item) => itemLine(world, subscription, item, false)),
  ];
  if (lines.length === 0) return undefined;
  const sent = subscription.collection_method === 'send_invoice';
  const invoice = draftInvoice(world, subscription, {
    reason: 'subscription_update',
    lines,
    period: { start: subscription.start_date, end: now },
    finalizesIn: sent ? world.settings.finalizeAfter : 0,
  });
  placeItems(world, pending, invoice.id);
  return invoice.id;
}

/** Ends a trial now: the subscription is billed from this moment on. */
export function endTrial(world: World, subscription: Subscription): Subscription {
  const now = world.now(subscription.test_clock);
  const items = subscription.items.data.map((item) => restartItem(item, now));
  return {
    ...subscription,
    status: 'active',
    trial_end: now,
    billing_cycle_anchor: now,
    items: itemList(subscription.id, items),
  };
}

function changesInterval(subscription: Subscription, wanted: SubscriptionItem[]): boolean {
  const cycle = (item: SubscriptionItem) => {
    const { interval, interval_count } = cycleOf(item.price);
    return `${interval_count} ${interval}`;
  };
  const before = new Set(subscription.items.data.map(cycle));
  return wanted.some((item) => !before.has(cycle(item)));
}

function restartItem(item: SubscriptionItem, now: number): SubscriptionItem {
  const { interval, interval_count } = cycleOf(item.price);
  const end = nextBoundary(now, interval, interval_count, now);
  return { ...item, current_period_start: now, current_period_end: end };
}

/** The period of the item's own interval that the moment lies in, by the subscription's anchor. */
function placed(subscription: Subscription, item: SubscriptionItem, now: number): SubscriptionItem {
  const { interval, interval_count } = cycleOf(item.price);
  const anchor = subscription.billing_cycle_anchor;
  const { start, end } = cycleAround(anchor, interval, interval_count, now);
  return { ...item, current_period_start: start, current_period_end: end };
}

function same(a: SubscriptionItem, b: SubscriptionItem): boolean {
  return a.price.id === b.price.id && a.quantity === b.quantity;
}
