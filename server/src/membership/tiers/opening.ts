import type { Core } from '@strapi/strapi';
import type { MembershipAccess, PublicTier } from '../../../../contracts';
import { heldTiers } from '../../domain/held';
import { loadTierMap } from '../../store';
import { tierRef } from '../present';
import { findPublicTiers } from './public';

/** What an access rule says of tiers. */
export type AskedTiers = Pick<MembershipAccess, 'visibility' | 'tiers'>;

/**
 * The tiers on offer that would open what a rule asks for, in order. Inclusion is followed to any
 * depth, and through archived tiers: whoever holds one by another still reads.
 */
export const findOpeningTiers = async (
  strapi: Core.Strapi,
  { visibility, tiers }: AskedTiers,
  locale: string | undefined
): Promise<PublicTier[]> => {
  if (visibility !== 'paid' && visibility !== 'tiers') return [];
  const offered = await findPublicTiers(strapi, locale);
  if (visibility === 'paid') return offered.filter(({ kind }) => kind === 'paid');
  const asked = new Set(tiers.map(({ documentId }) => documentId));
  const { inclusions } = await loadTierMap(strapi);
  const heldWith = (tier: PublicTier) =>
    heldTiers([{ tier: tierRef(tier), source: 'purchase', endsAt: null }], inclusions);
  return offered.filter((tier) => heldWith(tier).some((held) => asked.has(held.tier.documentId)));
};
