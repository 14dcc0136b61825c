import type { Instant, Known, PriorSubscription, SubscriptionFacts } from './facts';
import { ledgerOf, movementsOf, type Leg } from './movements';
import { isOver } from './status';

export type Movement = Leg & {
  /** Number of the row in the member's ledger: a second writer of the same change cannot repeat it. */
  number: number;
  occurredAt: Instant;
  reason: string | null;
  /** Stripe's id of the subscription that changed, when one did. */
  subscription: string | null;
};

/** The member's subscriptions after the change: the fetched ones as they are, the others as known. */
export const subscriptionsAfter = (
  known: readonly PriorSubscription[],
  fetched: readonly SubscriptionFacts[]
) => [
  ...known.filter((one) => !fetched.some(({ stripeId }) => stripeId === one.stripeId)),
  ...fetched,
];

/** When the revenue of a subscription changed, as exactly as Stripe tells. */
const momentOf = (
  facts: SubscriptionFacts,
  prior: PriorSubscription | undefined,
  now: Instant
): Instant => {
  if (isOver(facts.status)) return Math.min(facts.endedAt ?? now, now);
  const starts = prior === undefined || ['trialing', 'incomplete'].includes(prior.status);
  if (!starts) return now;
  return Math.min(facts.trialEnd ?? facts.startDate ?? now, now);
};

const reasonOf = (facts: SubscriptionFacts | undefined): string | null =>
  facts?.cancellation.feedback ?? facts?.cancellation.reason ?? null;

/**
 * The rows of the member's ledger that a change writes, dated and numbered.
 *
 * @param now milliseconds
 */
export const movementsAfter = (
  known: Known,
  change: SubscriptionFacts[],
  now: Instant
): Movement[] => {
  const priorOf = (stripeId: string) =>
    known.subscriptions.find((prior) => prior.stripeId === stripeId);
  const legs = movementsOf(
    ledgerOf(known.subscriptions),
    ledgerOf(subscriptionsAfter(known.subscriptions, change)),
    known.movements > 0
  );
  // One subscription is fetched at a time; of several, the last to change dates the movement.
  const moments = change.map((facts) => momentOf(facts, priorOf(facts.stripeId), now));
  const occurredAt = moments.length > 0 ? Math.max(...moments) : now;
  const cause = change.at(-1);
  return legs.map((leg, index) => ({
    ...leg,
    number: known.movements + index + 1,
    occurredAt,
    reason: leg.kind === 'churn' ? (reasonOf(cause) ?? 'unknown') : null,
    subscription: cause?.stripeId ?? null,
  }));
};
