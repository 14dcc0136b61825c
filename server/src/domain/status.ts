import type { Instant, Policy, SubscriptionFacts } from './facts';

const DAY = 24 * 60 * 60 * 1000;

/** Access that a subscription gives: until an instant, or `null` for no end known. */
export interface Entitlement {
  until: Instant | null;
}

type Input = Pick<
  SubscriptionFacts,
  'status' | 'pauseCollection' | 'pastDueSince' | 'currentPeriodStart'
>;

/**
 * What a subscription's status means for access (DESIGN section 6). A period's end alone ends
 * nothing: Stripe says when it is over. A status nobody knows gives no access.
 *
 * @returns null when it gives none
 */
export const entitlementOf = (
  { status, pauseCollection, pastDueSince, currentPeriodStart }: Input,
  policy: Policy,
  now: Instant
): Entitlement | null => {
  if (pauseCollection && !policy.pausedReads) return null;
  switch (status) {
    case 'active':
    case 'trialing':
      return { until: null };
    case 'past_due':
      // Where no open invoice tells: what is overdue is the period that has begun. Never the moment of
      // looking alone, or the grace would grow with every look.
      return { until: (pastDueSince ?? currentPeriodStart ?? now) + policy.graceDays * DAY };
    default:
      return null;
  }
};

/** Statuses after which Stripe never revives a subscription. */
const OVER = new Set(['canceled', 'incomplete_expired']);

export const isOver = (status: string): boolean => OVER.has(status);

/** Statuses of a subscription that a second one beside it would double. */
const LIVE = new Set(['active', 'trialing', 'past_due', 'unpaid', 'paused']);

export const isLive = (status: string): boolean => LIVE.has(status);
