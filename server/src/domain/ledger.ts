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

/** When it began to be revenue, of one that is over. */
const beganAt = ({ trialEnd, startDate }: SubscriptionFacts, over: Instant): Instant =>
  Math.min(trialEnd ?? startDate ?? over, over);

/** It was paid for and ended, and was never seen between: a site that was away for long. */
const ranUnheard = (facts: SubscriptionFacts, prior: PriorSubscription | undefined): boolean =>
  isOver(facts.status) &&
  facts.paid &&
  (prior === undefined || (['trialing', 'incomplete'].includes(prior.status) && !prior.paid));

const whileRunning = ({ lastMrr = [], ...facts }: SubscriptionFacts): SubscriptionFacts => ({
  ...facts,
  items: facts.items.map((item, index) => ({ ...item, mrr: lastMrr[index] ?? item.mrr })),
});

/**
 * The rows of the member's ledger that a change writes, dated and numbered. A subscription that began
 * and ended unheard joins and leaves on its own dates, so that the revenue of those months comes back.
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
  const unheard = change.filter((facts) => ranUnheard(facts, priorOf(facts.stripeId)));
  const running = subscriptionsAfter(known.subscriptions, unheard.map(whileRunning));
  const legs = {
    began: movementsOf(ledgerOf(known.subscriptions), ledgerOf(running), known.movements > 0),
    now: movementsOf(
      ledgerOf(running),
      ledgerOf(subscriptionsAfter(known.subscriptions, change)),
      known.movements > 0
    ),
  };
  // One subscription is fetched at a time; of several, the last to change dates the movement.
  const latest = (moments: Instant[]) => (moments.length > 0 ? Math.max(...moments) : now);
  const at = {
    began: latest(unheard.map((facts) => beganAt(facts, momentOf(facts, undefined, now)))),
    now: latest(change.map((facts) => momentOf(facts, priorOf(facts.stripeId), now))),
  };
  const cause = change.at(-1);
  return [
    ...legs.began.map((leg) => ({ ...leg, occurredAt: at.began })),
    ...legs.now.map((leg) => ({ ...leg, occurredAt: at.now })),
  ].map((leg, index) => ({
    ...leg,
    number: known.movements + index + 1,
    reason: leg.kind === 'churn' ? (reasonOf(cause) ?? 'unknown') : null,
    subscription: cause?.stripeId ?? null,
  }));
};
