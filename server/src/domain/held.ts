import type { GrantSource, TierRef } from '../../../contracts';
import type { Instant } from './facts';

export interface ActiveGrant {
  tier: TierRef;
  source: GrantSource;
  endsAt: Instant | null;
}

export interface Held {
  tier: TierRef;
  sources: GrantSource[];
  until: Instant | null;
  includedBy: TierRef | null;
}

/** The tiers each tier includes directly, by documentId. */
export type Inclusions = ReadonlyMap<string, readonly TierRef[]>;

const later = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : Math.max(a, b);

/**
 * The tiers somebody holds, each once: by its own grants, and because a held tier includes it, to any
 * depth; until the last of all these ends. A circle of inclusions ends where nothing is added.
 */
export const heldTiers = (grants: readonly ActiveGrant[], inclusions: Inclusions): Held[] => {
  const held = new Map<string, Held>();
  for (const { tier, source, endsAt } of grants) {
    const present = held.get(tier.documentId);
    held.set(tier.documentId, {
      tier,
      sources: [...new Set([...(present?.sources ?? []), source])],
      until: present ? later(present.until, endsAt) : endsAt,
      includedBy: null,
    });
  }
  const queue = [...held.values()];
  for (let holding = queue.shift(); holding; holding = queue.shift()) {
    for (const tier of inclusions.get(holding.tier.documentId) ?? []) {
      const present = held.get(tier.documentId);
      const until = present ? later(present.until, holding.until) : holding.until;
      const sources = [...new Set([...(present?.sources ?? []), ...holding.sources])];
      if (present && until === present.until && sources.length === present.sources.length) continue;
      const includedBy = present ? present.includedBy : (holding.includedBy ?? holding.tier);
      const included = { tier, sources, until, includedBy };
      held.set(tier.documentId, included);
      queue.push(included);
    }
  }
  return [...held.values()];
};
