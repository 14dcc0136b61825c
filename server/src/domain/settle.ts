import type {
  Change,
  GivenGrant,
  Instant,
  ItemFacts,
  Known,
  PendingChange,
  Policy,
  PriorSubscription,
  SubscriptionFacts,
} from './facts';
import { isActive, type GrantTimes } from './access';
import { grantsOf, type GrantChanges, type GrantUpdate, type NewGrant } from './grants';
import { ledgerOf, movementsOf, type Leg } from './movements';
import {
  paymentChanges,
  paymentNews,
  paymentsAfter,
  type PaymentChange,
  type PaymentNews,
} from './payments';
import { entitlementOf, isOver, isPaused } from './status';
import { isTrialEnding, isTrialUsed, repeatsTrial } from './trials';
import { revocationOf, revocationsOf, type Revocation } from './withhold';

export type Movement = Leg & {
  /** Number of the row in the member's ledger: a second writer of the same change cannot repeat it. */
  number: number;
  occurredAt: Instant;
  reason: string | null;
  /** Stripe's id of the subscription that changed, when one did. */
  subscription: string | null;
};

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

/** Every row one change writes. */
export interface Settlement {
  subscriptions: SubscriptionFacts[];
  /** Those that are new or changed. */
  payments: PaymentChange[];
  grants: {
    create: (NewGrant & Revocation & { source: 'subscription' })[];
    give: (GivenGrant & Revocation & { startsAt: Instant })[];
    update: GrantUpdate[];
    /** Withheld, or given back, for what became of the money that paid for them. */
    revoke: (Revocation & { id: number })[];
  };
  movements: Movement[];
  /** For `strapi.eventHub`, after the transaction is committed. */
  announcements: Announcement[];
}

/** The member's subscriptions after the change: the fetched ones as they are, the others as known. */
const subscriptionsAfter = (
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

const movements = (known: Known, change: SubscriptionFacts[], now: Instant): Movement[] => {
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

const subscriptionNews = (
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
const accessNews = (
  known: Known,
  { create, give, update, revoke }: Settlement['grants'],
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

/** When a subscription is going to end, by either of Stripe's two ways to say so. */
export const cancelsAt = (
  facts: Pick<SubscriptionFacts, 'cancelAt' | 'cancelAtPeriodEnd' | 'currentPeriodEnd'>
): Instant | null => facts.cancelAt ?? (facts.cancelAtPeriodEnd ? facts.currentPeriodEnd : null);

/**
 * What each subscription gives now: those that were fetched, and the others whose trial was or was
 * not their member's first until now.
 */
const subscriptionGrants = (
  known: Known,
  { subscriptions: fetched = [], again = false }: Change,
  policy: Policy,
  now: Instant
): GrantChanges[] => {
  const after = subscriptionsAfter(known.subscriptions, fetched);
  const touched = known.subscriptions.filter(
    (one) =>
      !fetched.some(({ stripeId }) => stripeId === one.stripeId) &&
      (again || isTrialUsed(one, known.subscriptions) !== isTrialUsed(one, after))
  );
  return [...fetched, ...touched].map((facts) => {
    const entitlement = entitlementOf(facts, policy, now, isTrialUsed(facts, after));
    // A second trial gave nothing: what is paid begins after it.
    const startDate = repeatsTrial(facts, after) ? facts.trialEnd : facts.startDate;
    return grantsOf({ ...facts, startDate }, known.grants, entitlement, now);
  });
};

/**
 * The heart: what was known of a member and what is known now become every row to write. A webhook,
 * the success page and a complimentary grant all go through it and through the one transaction that
 * writes its answer, so none of them can forget a leg. Pure; settling the same facts again answers
 * nothing to write but the mirror itself.
 *
 * @param now milliseconds
 */
export const settle = (known: Known, change: Change, policy: Policy, now: Instant): Settlement => {
  const subscriptions = change.subscriptions ?? [];
  const payments = paymentChanges(known.payments, change.payments ?? [], change.charges ?? []);
  const money = paymentsAfter(known.payments, payments);

  const fromSubscriptions = subscriptionGrants(known, change, policy, now);
  const create = fromSubscriptions
    .flatMap((changes) => changes.create)
    .map((grant) => ({
      ...grant,
      ...revocationOf({ ...grant, reference: null }, money, policy),
      source: 'subscription' as const,
    }));
  const give = (change.give ?? [])
    .filter(
      ({ reference }) =>
        reference === null || !known.grants.some((grant) => grant.reference === reference)
    )
    .map((grant) => ({
      ...grant,
      ...revocationOf({ ...grant, subscription: null, startsAt: now }, money, policy),
      startsAt: now,
    }));
  const update = [
    ...fromSubscriptions.flatMap((changes) => changes.update),
    ...(change.end ?? []).map((id) => ({ id, endsAt: now })),
  ];
  const revoke = revocationsOf(known.grants, money, policy);

  return {
    subscriptions,
    payments,
    grants: { create, give, update, revoke },
    movements: movements(known, subscriptions, now),
    announcements: [
      ...subscriptionNews(known, subscriptions, now),
      ...payments.flatMap(paymentNews),
      ...accessNews(known, { create, give, update, revoke }, now),
    ],
  };
};
