import { isActive, type GrantTimes } from './access';
import type {
  GivenGrant,
  Instant,
  ItemFacts,
  Known,
  PendingChange,
  PriorSubscription,
  SubscriptionFacts,
} from './facts';
import type { GrantUpdate, NewGrant } from './grants';
import type { PaymentNews } from './payments';
import { cancelsAt, isOver, isPaused } from './status';
import { isTrialEnding } from './trials';
import type { Revocation } from './withhold';

/** What a change writes to the member's grants. */
export interface GrantRows {
  create: (NewGrant & Revocation & { source: 'subscription' })[];
  give: (GivenGrant & Revocation & { startsAt: Instant })[];
  update: GrantUpdate[];
  /** Withheld, or given back, for what became of the money that paid for them. */
  revoke: (Revocation & { id: number })[];
}

/** What `strapi.eventHub` is told of a change. */
export type Announcement =
  | {
      name:
        | 'subscription.created'
        | 'subscription.updated'
        | 'subscription.canceled'
        | 'subscription.paused'
        | 'subscription.resumed'
        | 'trial.ending';
      stripeId: string;
    }
  | PaymentNews
  | { name: 'membership.granted' | 'membership.revoked'; tiers: string[] };

const sameItems = (before: readonly ItemFacts[], after: readonly ItemFacts[]): boolean =>
  before.length === after.length &&
  after.every(({ stripeId, price, quantity }) =>
    before.some(
      (item) => item.stripeId === stripeId && item.price === price && item.quantity === quantity
    )
  );

const samePending = (before: PendingChange | null, after: PendingChange | null): boolean =>
  before?.cause === after?.cause &&
  before?.at === after?.at &&
  JSON.stringify(before?.items) === JSON.stringify(after?.items);

/** The most telling name of what happened to a subscription; null when nothing did. */
const newsOf = (facts: SubscriptionFacts, prior: PriorSubscription | undefined) => {
  if (!prior) return 'subscription.created';
  if (isOver(facts.status) !== isOver(prior.status)) {
    return isOver(facts.status) ? 'subscription.canceled' : 'subscription.updated';
  }
  if (!isOver(facts.status) && isPaused(facts) !== isPaused(prior)) {
    return isPaused(facts) ? 'subscription.paused' : 'subscription.resumed';
  }
  const same =
    prior.status === facts.status &&
    cancelsAt(prior) === cancelsAt(facts) &&
    samePending(prior.pendingChange, facts.pendingChange) &&
    sameItems(prior.items, facts.items);
  return same ? null : 'subscription.updated';
};

/**
 * What happened to the fetched subscriptions, by what was known of them.
 *
 * @param now milliseconds
 */
export const subscriptionNews = (
  known: Known,
  change: SubscriptionFacts[],
  now: Instant
): Announcement[] =>
  change.flatMap((facts): Announcement[] => {
    const { stripeId, trialEnd } = facts;
    const prior = known.subscriptions.find((one) => one.stripeId === stripeId);
    const name = newsOf(facts, prior);
    // Once for each end a trial is given.
    const ending = isTrialEnding(facts, now) && prior?.trialEndingFor !== trialEnd;
    return [
      ...(name ? [{ name, stripeId } as const] : []),
      ...(ending ? [{ name: 'trial.ending' as const, stripeId }] : []),
    ];
  });

const tiersHeld = (grants: readonly (GrantTimes & { tier: string })[], now: Instant): Set<string> =>
  new Set(grants.filter((grant) => isActive(grant, now)).map(({ tier }) => tier));

/** Tiers that somebody begins or ceases to hold, by whichever of their grants. */
export const accessNews = (
  known: Known,
  { create, give, update, revoke }: GrantRows,
  now: Instant
): Announcement[] => {
  const before = tiersHeld(known.grants, now);
  const changed = known.grants.map((grant) => ({
    ...grant,
    ...update.find(({ id }) => id === grant.id),
    ...revoke.find(({ id }) => id === grant.id),
  }));
  const after = tiersHeld([...changed, ...create, ...give], now);
  const gained = [...after].filter((tier) => !before.has(tier));
  const lost = [...before].filter((tier) => !after.has(tier));
  return [
    ...(gained.length > 0 ? [{ name: 'membership.granted' as const, tiers: gained }] : []),
    ...(lost.length > 0 ? [{ name: 'membership.revoked' as const, tiers: lost }] : []),
  ];
};
