import type Stripe from 'stripe';
import type { SubscriptionFacts } from '../../domain/facts';
import { isOver } from '../../domain/status';
import { idOf, instant, legacy, listOf, stringOr, stringOrNull } from './common';
import { readItems, type TiersByPrice } from './items';
import { readPendingChange } from './pending-change';

export type { TiersByPrice } from './items';

const latest = (instants: (number | null)[]): number | null =>
  instants.reduce<number | null>(
    (max, at) => (at !== null && (max === null || at > max) ? at : max),
    null
  );

/** The period's end sits on the items since basil: the latest of them counts. */
const period = (subscription: Stripe.Subscription, key: string): number | null =>
  latest([
    ...listOf(legacy(subscription, 'items', 'data')).map((item) => instant(legacy(item, key))),
    instant(legacy(subscription, key)),
  ]);

/**
 * Whether anything was paid for beyond a trial: an invoice that asked for money, or one after the
 * trial's end, which a coupon may have made nothing.
 */
export const readPaid = (
  { trial_end }: Pick<Stripe.Subscription, 'trial_end'>,
  invoices: readonly Pick<Stripe.Invoice, 'status' | 'total' | 'created'>[]
): boolean =>
  invoices.some(
    ({ status, total, created }) =>
      status === 'paid' && (total > 0 || typeof trial_end !== 'number' || created >= trial_end)
  );

/**
 * A subscription as Stripe sends it now, as facts; reads every API generation since 2023.
 *
 * @param pastDueSince milliseconds; from its open invoices, see `readPastDueSince`
 * @param paid from its invoices, see `readPaid`
 */
export const readSubscription = (
  subscription: Stripe.Subscription,
  tiers: TiersByPrice,
  pastDueSince: number | null,
  paid = false
): SubscriptionFacts => {
  const items = readItems(subscription, tiers);
  const running =
    isOver(subscription.status) && readItems({ ...subscription, status: 'active' }, tiers);
  return {
    stripeId: idOf(subscription) ?? '',
    // Without one there is no access.
    status: stringOr(subscription.status, ''),
    currency: stringOrNull(subscription.currency),
    items,
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
          behavior: stringOr(subscription.pause_collection.behavior, ''),
          resumesAt: instant(subscription.pause_collection.resumes_at),
        }
      : null,
    pendingChange: readPendingChange(subscription, items, tiers),
    ...(running && { lastMrr: running.map(({ mrr }) => mrr) }),
    paid,
    pastDueSince,
    cancellation: {
      reason: stringOrNull(subscription.cancellation_details?.reason),
      feedback: stringOrNull(subscription.cancellation_details?.feedback),
      comment: stringOrNull(subscription.cancellation_details?.comment),
    },
  };
};
