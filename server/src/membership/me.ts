import type { Core } from '@strapi/strapi';
import type { Me } from '../../../contracts';
import { getConfig, now } from '../config';
import { heldTiers } from '../domain/held';
import { ensureMember, loadTierMap, table, toIsoOrNull, toMsOrNull, type UserRow } from '../store';
import { isGrantActive, presentGrant, tierRef } from './present';
import { presentSubscriptions } from './subscriptions';

/**
 * What a signed-in user has: tiers and why, until when, subscriptions, the next payment. A suspended
 * member holds nothing.
 */
export const findMe = async (
  strapi: Core.Strapi,
  user: Pick<UserRow, 'id' | 'email' | 'username'>
): Promise<Me> => {
  const at = now(strapi);
  const member = await ensureMember(strapi, user);
  const { tiers, inclusions } = await loadTierMap(strapi);
  const grants = await table(strapi, 'grant').findMany({
    where: { member: member.id },
    populate: ['tier'],
    orderBy: { id: 'desc' },
  });
  const subscriptions = await table(strapi, 'subscription').findMany({
    where: { member: member.id, livemode: getConfig(strapi).stripe.livemode },
    orderBy: { id: 'desc' },
  });

  const active = grants.flatMap((row) =>
    row.tier && isGrantActive(row, at)
      ? [{ tier: tierRef(row.tier), source: row.source, endsAt: toMsOrNull(row.endsAt) }]
      : []
  );
  const held = member.suspendedAt ? [] : heldTiers(active, inclusions);
  return {
    member: {
      documentId: member.documentId,
      email: member.email,
      name: member.name,
      suspendedAt: member.suspendedAt,
    },
    tiers: held.map(({ tier, sources, until, includedBy }) => ({
      ...tier,
      sources,
      until: toIsoOrNull(until),
      includedBy,
    })),
    grants: grants.map((row) => presentGrant(row, at)),
    ...(await presentSubscriptions(strapi, subscriptions, tiers)),
  };
};
