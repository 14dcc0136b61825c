import type Stripe from 'stripe';
import type { ItemFacts, SubscriptionFacts } from '../../domain/facts';
import { itemMrr, type Discount, type RecurringItem } from '../../domain/mrr';
import { idOf, instant, legacy, numberOr, stringOrNull } from './common';

/** documentId of the tier sold under a Stripe price id. */
export type TiersByPrice = ReadonlyMap<string, string>;

const latest = (instants: (number | null)[]): number | null =>
  instants.reduce<number | null>(
    (max, at) => (at !== null && (max === null || at > max) ? at : max),
    null
  );

const recurring = (item: Stripe.SubscriptionItem): RecurringItem => {
  // `plan` is what `price` was called before; one of the two is always there.
  const source: unknown = item.price ?? legacy(item, 'plan');
  const terms = legacy(source, 'recurring') ?? source;
  return {
    amount: readAmount(legacy(source, 'unit_amount') ?? legacy(source, 'amount')),
    quantity: numberOr(item.quantity, 1),
    interval: stringOrNull(legacy(terms, 'interval')),
    intervalCount: numberOr(legacy(terms, 'interval_count'), 1),
    metered: legacy(terms, 'usage_type') === 'metered',
  };
};

const readAmount = (amount: unknown): number | null => (typeof amount === 'number' ? amount : null);

/** A coupon sits at `discount.source.coupon`, before clover at `discount.coupon`. */
const readDiscount = (discount: unknown): Discount[] => {
  const coupon = legacy(discount, 'source', 'coupon') ?? legacy(discount, 'coupon');
  const duration = stringOrNull(legacy(coupon, 'duration'));
  if (duration === null) return [];
  return [
    {
      duration,
      percentOff: readAmount(legacy(coupon, 'percent_off')),
      amountOff: readAmount(legacy(coupon, 'amount_off')),
    },
  ];
};

const readDiscounts = (subscription: Stripe.Subscription): Discount[] => {
  const { discounts } = subscription;
  const old: unknown = legacy(subscription, 'discount');
  return [...(Array.isArray(discounts) ? discounts : []), old].flatMap(readDiscount);
};

const readItems = (subscription: Stripe.Subscription, tiers: TiersByPrice): ItemFacts[] => {
  const items = subscription.items?.data ?? [];
  const terms = items.map(recurring);
  const known = items.map((item) => tiers.get(idOf(item.price) ?? '') ?? null);
  const mrr = itemMrr(subscription.status, terms, readDiscounts(subscription));
  return terms.map(({ metered: _, ...term }, index) => ({
    ...term,
    stripeId: items[index]?.id ?? '',
    price: idOf(items[index]?.price) ?? '',
    tier: known[index] ?? null,
    // What is not ours is recorded, and is not revenue of the memberships.
    mrr: known[index] ? (mrr[index] ?? 0) : 0,
  }));
};

/** The period's end sits on the items since basil: the latest of them counts. */
const period = (subscription: Stripe.Subscription, key: string): number | null =>
  latest([
    ...(subscription.items?.data ?? []).map((item) => instant(legacy(item, key))),
    instant(legacy(subscription, key)),
  ]);

/**
 * A subscription as Stripe sends it now, as facts; reads every API generation since 2023.
 *
 * @param pastDueSince milliseconds; from its open invoices, see `readPastDueSince`
 */
export const readSubscription = (
  subscription: Stripe.Subscription,
  tiers: TiersByPrice,
  pastDueSince: number | null
): SubscriptionFacts => ({
  stripeId: subscription.id,
  status: subscription.status,
  currency: stringOrNull(subscription.currency),
  items: readItems(subscription, tiers),
  startDate: instant(subscription.start_date),
  currentPeriodStart: period(subscription, 'current_period_start'),
  currentPeriodEnd: period(subscription, 'current_period_end'),
  cancelAtPeriodEnd: subscription.cancel_at_period_end === true,
  cancelAt: instant(subscription.cancel_at),
  canceledAt: instant(subscription.canceled_at),
  endedAt: instant(subscription.ended_at),
  trialStart: instant(subscription.trial_start),
  trialEnd: instant(subscription.trial_end),
  pauseCollection: subscription.pause_collection
    ? {
        behavior: subscription.pause_collection.behavior,
        resumesAt: instant(subscription.pause_collection.resumes_at),
      }
    : null,
  pastDueSince,
  cancellation: {
    reason: stringOrNull(subscription.cancellation_details?.reason),
    feedback: stringOrNull(subscription.cancellation_details?.feedback),
    comment: stringOrNull(subscription.cancellation_details?.comment),
  },
});
