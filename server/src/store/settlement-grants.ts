import type { Core } from '@strapi/strapi';
import type { Settlement } from '../domain/settle';
import type { Revocation } from '../domain/withhold';
import type { Ids, Target } from './settlement-mirror';
import { table } from './table';
import { toIso, toIsoOrNull } from './time';

const revocationData = ({ revokedAt, revokedReason }: Revocation) => ({
  revokedAt: toIsoOrNull(revokedAt),
  revokedReason,
});

/** Writes what a settlement changes of the member's grants. */
export const writeGrants = async (
  strapi: Core.Strapi,
  target: Target,
  { create, give, update, revoke }: Settlement['grants'],
  tiers: Ids,
  subscriptions: Ids
): Promise<void> => {
  const member = target.member.id;
  for (const grant of create) {
    await table(strapi, 'grant').create({
      data: {
        member,
        tier: tiers.get(grant.tier),
        source: grant.source,
        subscription: subscriptions.get(grant.subscription),
        startsAt: toIso(grant.startsAt),
        endsAt: toIsoOrNull(grant.endsAt),
        ...revocationData(grant),
      },
    });
  }
  for (const grant of give) {
    await table(strapi, 'grant').create({
      data: {
        member,
        tier: tiers.get(grant.tier),
        source: grant.source,
        startsAt: toIso(grant.startsAt),
        endsAt: toIsoOrNull(grant.endsAt),
        ...revocationData(grant),
        reference: grant.reference,
      },
    });
  }
  for (const { id, endsAt } of update) {
    await table(strapi, 'grant').update({ where: { id }, data: { endsAt: toIsoOrNull(endsAt) } });
  }
  for (const { id, ...revocation } of revoke) {
    await table(strapi, 'grant').update({ where: { id }, data: revocationData(revocation) });
  }
};
