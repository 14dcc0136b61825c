import type { GrantFacts, Instant, SubscriptionFacts } from './facts';
import type { Entitlement } from './status';

export interface NewGrant {
  tier: string;
  subscription: string;
  startsAt: Instant;
  endsAt: Instant | null;
}

export interface GrantUpdate {
  id: number;
  endsAt: Instant | null;
}

export interface GrantChanges {
  create: NewGrant[];
  update: GrantUpdate[];
}

/** Not over. One that is withheld is still there, and is what comes back. */
const isOpen = (grant: GrantFacts, now: Instant): boolean =>
  (grant.revokedAt === null || grant.revokedReason !== null) &&
  (grant.endsAt === null || grant.endsAt > now);

/**
 * The grants a subscription ought to have, as changes to those it has. A grant that ended stays as it
 * was, so that the history of a member who comes back keeps its gap.
 *
 * @param known every grant of the member
 * @param entitlement null: the subscription gives no access now
 */
export const grantsOf = (
  facts: SubscriptionFacts,
  known: readonly GrantFacts[],
  entitlement: Entitlement | null,
  now: Instant
): GrantChanges => {
  const own = known.filter((grant) => grant.subscription === facts.stripeId);
  const open = own.filter((grant) => isOpen(grant, now));
  const tiers = new Set(facts.items.flatMap(({ tier }) => (tier === null ? [] : [tier])));
  const entitled = entitlement === null ? new Set<string>() : tiers;
  const endedAt = Math.min(facts.endedAt ?? now, now);

  const kept = open.filter((grant) => entitled.has(grant.tier));
  const over = open.filter((grant) => !entitled.has(grant.tier));
  const missing = [...entitled].filter((tier) => !kept.some((grant) => grant.tier === tier));
  const until = entitlement?.until ?? null;

  return {
    create: missing
      .filter(() => until === null || until > now)
      .map((tier) => ({
        tier,
        subscription: facts.stripeId,
        startsAt: own.length === 0 ? Math.min(facts.startDate ?? now, now) : now,
        endsAt: until,
      })),
    update: [
      ...kept
        .filter((grant) => grant.endsAt !== until)
        .map((grant) => ({ id: grant.id, endsAt: until })),
      ...over.map((grant) => ({ id: grant.id, endsAt: Math.max(endedAt, grant.startsAt) })),
    ],
  };
};
