import type { Change, Instant, Known, Policy, SubscriptionFacts } from './facts';
import { grantsOf, type GrantChanges } from './grants';
import { movementsAfter, subscriptionsAfter, type Movement } from './ledger';
import { accessNews, subscriptionNews, type Announcement, type GrantRows } from './news';
import { paymentChanges, paymentNews, paymentsAfter, type PaymentChange } from './payments';
import { entitlementOf } from './status';
import { isTrialUsed, repeatsTrial } from './trials';
import { revocationOf, revocationsOf } from './withhold';

export type { Announcement } from './news';

/** Every row one change writes. */
export interface Settlement {
  subscriptions: SubscriptionFacts[];
  /** Those that are new or changed. */
  payments: PaymentChange[];
  grants: GrantRows;
  movements: Movement[];
  /** For `strapi.eventHub`, after the transaction is committed. */
  announcements: Announcement[];
}

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
    movements: movementsAfter(known, subscriptions, now),
    announcements: [
      ...subscriptionNews(known, subscriptions, now),
      ...payments.flatMap(paymentNews),
      ...accessNews(known, { create, give, update, revoke }, now),
    ],
  };
};
