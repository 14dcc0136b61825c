import type Stripe from 'stripe';
import type { ItemFacts, PendingChange, PendingItem } from '../../domain/facts';
import { idOf, instant, legacy, listOf, numberOr } from './common';
import type { TiersByPrice } from './items';

type Items = readonly Pick<ItemFacts, 'price' | 'quantity'>[];

const phasesOf = (subscription: Stripe.Subscription): unknown[] =>
  legacy(subscription, 'schedule', 'status') === 'active'
    ? listOf(legacy(subscription, 'schedule', 'phases'))
    : [];

/** Price ids of what a schedule or a change that waits for its payment would bring. */
export const pendingPrices = (subscription: Stripe.Subscription): string[] =>
  [
    ...phasesOf(subscription).flatMap((phase) => listOf(legacy(phase, 'items'))),
    ...listOf(legacy(subscription, 'pending_update', 'subscription_items')),
  ].flatMap((item) => idOf(legacy(item, 'price')) ?? idOf(legacy(item, 'plan')) ?? []);

const readItem = (item: unknown, tiers: TiersByPrice): PendingItem => {
  const price = idOf(legacy(item, 'price')) ?? idOf(legacy(item, 'plan')) ?? '';
  return {
    price,
    tier: tiers.get(price) ?? null,
    quantity: numberOr(legacy(item, 'quantity'), 1),
  };
};

const same = (one: Items, other: Items): boolean => {
  const key = (items: Items) => items.map((item) => `${item.price} ${item.quantity}`).sort();
  return JSON.stringify(key(one)) === JSON.stringify(key(other));
};

/** An upgrade whose payment waits for its payer (`pending_if_incomplete`, 3-D Secure unfinished). */
const unpaidUpdate = (
  subscription: Stripe.Subscription,
  tiers: TiersByPrice
): PendingChange | null => {
  const items = listOf(legacy(subscription, 'pending_update', 'subscription_items'));
  const at = instant(legacy(subscription, 'pending_update', 'expires_at'));
  if (items.length === 0 || at === null) return null;
  return { cause: 'payment', at, items: items.map((item) => readItem(item, tiers)) };
};

/** The first phase to come that changes what is held, or the end that the schedule brings. */
const scheduledChange = (
  subscription: Stripe.Subscription,
  present: Items,
  tiers: TiersByPrice
): PendingChange | null => {
  const phases = phasesOf(subscription);
  const since = instant(legacy(subscription, 'schedule', 'current_phase', 'start_date')) ?? 0;
  for (const phase of phases) {
    const at = instant(legacy(phase, 'start_date'));
    if (at === null || at <= since) continue;
    const items = listOf(legacy(phase, 'items')).map((item) => readItem(item, tiers));
    if (!same(items, present)) return { cause: 'schedule', at, items };
  }
  const end = instant(legacy(phases.at(-1), 'end_date'));
  const ends = legacy(subscription, 'schedule', 'end_behavior') === 'cancel';
  return ends && end !== null ? { cause: 'schedule', at: end, items: [] } : null;
};

/**
 * The change of a subscription that was asked for and has not happened. Its `schedule` must be
 * expanded; one that was released or canceled changes nothing any more.
 */
export const readPendingChange = (
  subscription: Stripe.Subscription,
  present: Items,
  tiers: TiersByPrice
): PendingChange | null =>
  unpaidUpdate(subscription, tiers) ?? scheduledChange(subscription, present, tiers);
