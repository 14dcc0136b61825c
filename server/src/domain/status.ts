import type { Withheld } from '../../../contracts';
import type { AccessPolicy, Instant, SubscriptionFacts } from './facts';

const DAY = 24 * 60 * 60 * 1000;

/** Access that a subscription gives: until an instant, or `null` for no end known. */
export interface Entitlement {
  until: Instant | null;
}

type Input = Pick<
  SubscriptionFacts,
  'status' | 'pauseCollection' | 'pastDueSince' | 'currentPeriodStart'
>;

/** Statuses that give no access, and what to call that. */
const WITHHELD: Readonly<Record<string, Withheld>> = {
  paused: 'paused',
  unpaid: 'unpaid',
  incomplete: 'incomplete',
  incomplete_expired: 'ended',
  canceled: 'ended',
};

const GIVING = new Set(['active', 'trialing', 'past_due']);

/** Why it gives no access whatever the time is. A status nobody knows gives none. */
const obstacle = (
  { status, pauseCollection }: Input,
  policy: AccessPolicy,
  trialUsed: boolean
): Withheld | null => {
  if (!GIVING.has(status)) return WITHHELD[status] ?? 'unknown';
  // Neither on trial, nor in the grace of a first payment that failed.
  if (trialUsed) return 'trial-used';
  return pauseCollection && !policy.pausedReads ? 'paused' : null;
};

/**
 * What a subscription's status means for access (DESIGN section 6). A period's end alone ends
 * nothing: Stripe says when it is over.
 *
 * @param trialUsed its member had a trial before, and it is not paid yet: see `trials.ts`
 * @returns null when it gives none
 */
export const entitlementOf = (
  facts: Input,
  policy: AccessPolicy,
  now: Instant,
  trialUsed = false
): Entitlement | null => {
  if (obstacle(facts, policy, trialUsed)) return null;
  if (facts.status !== 'past_due') return { until: null };
  // Where no open invoice tells: what is overdue is the period that has begun. Never the moment of
  // looking alone, or the grace would grow with every look.
  const since = facts.pastDueSince ?? facts.currentPeriodStart ?? now;
  return { until: since + policy.graceDays * DAY };
};

/** Why a subscription gives no access now, for a front end to say; null when it does. */
export const withheldOf = (
  facts: Input,
  policy: AccessPolicy,
  now: Instant,
  trialUsed: boolean
): Withheld | null => {
  const { until = null } = entitlementOf(facts, policy, now, trialUsed) ?? {};
  return obstacle(facts, policy, trialUsed) ?? (until !== null && until <= now ? 'past-due' : null);
};

/** Paused in any of Stripe's ways: its payments, after a trial without a card, or as a whole. */
export const isPaused = ({
  status,
  pauseCollection,
}: Pick<SubscriptionFacts, 'status' | 'pauseCollection'>): boolean =>
  status === 'paused' || pauseCollection !== null;

/** Statuses after which Stripe never revives a subscription. */
const OVER = new Set(['canceled', 'incomplete_expired']);

export const isOver = (status: string): boolean => OVER.has(status);

/** Statuses of a subscription that a second one beside it would double. */
const LIVE = new Set(['active', 'trialing', 'past_due', 'unpaid', 'paused']);

export const isLive = (status: string): boolean => LIVE.has(status);

/**
 * A subscription that Stripe has no more, as test data that was deleted: it ended, unseen, and by now.
 *
 * @param now milliseconds
 */
export const vanished = <Facts extends SubscriptionFacts>(facts: Facts, now: Instant): Facts => ({
  ...facts,
  status: 'canceled',
  endedAt: facts.endedAt ?? now,
  pendingChange: null,
  items: facts.items.map((item) => ({ ...item, mrr: 0 })),
});

/** When a subscription is going to end, by either of Stripe's two ways to say so. */
export const cancelsAt = (
  facts: Pick<SubscriptionFacts, 'cancelAt' | 'cancelAtPeriodEnd' | 'currentPeriodEnd'>
): Instant | null => facts.cancelAt ?? (facts.cancelAtPeriodEnd ? facts.currentPeriodEnd : null);
