import type { Core } from '@strapi/strapi';
import { periodOf } from '../domain/period';
import type { Settlement } from '../domain/settle';
import type { Scope } from './known';
import { writeGrants } from './settlement-grants';
import { writeMirror, type Ids, type Target } from './settlement-mirror';
import { table } from './table';
import { toIso } from './time';

export type { Target } from './settlement-mirror';

const tierIds = async (strapi: Core.Strapi, settlement: Settlement): Promise<Ids> => {
  const wanted = new Set([
    ...settlement.grants.create.map(({ tier }) => tier),
    ...settlement.grants.give.map(({ tier }) => tier),
    ...settlement.movements.map(({ tier }) => tier),
  ]);
  if (wanted.size === 0) return new Map();
  const rows = await table(strapi, 'tier').findMany({
    where: { documentId: { $in: [...wanted] } },
    select: ['id', 'documentId'],
  });
  return new Map(rows.map(({ documentId, id }) => [documentId, id]));
};

/** Unique: a second writer of the same change cannot repeat it. */
export const movementKey = (
  { account, livemode }: Scope,
  { documentId }: { documentId: string },
  number: number
): string => [account, livemode ? 'live' : 'test', documentId, number].join(':');

const writeMovements = async (
  strapi: Core.Strapi,
  target: Target,
  { movements }: Settlement,
  tiers: Ids,
  subscriptions: Ids
): Promise<void> => {
  for (const movement of movements) {
    await table(strapi, 'movement').create({
      data: {
        key: movementKey(target, target.member, movement.number),
        member: target.member.id,
        tier: tiers.get(movement.tier),
        subscription: movement.subscription && subscriptions.get(movement.subscription),
        kind: movement.kind,
        occurredAt: toIso(movement.occurredAt),
        period: periodOf(movement.occurredAt, target.timeZone),
        currency: movement.currency,
        mrrChange: String(movement.mrrChange),
        memberChange: movement.memberChange,
        reason: movement.reason,
        account: target.account,
        livemode: target.livemode,
      },
    });
  }
};

/**
 * Writes what `settle` answered: mirror, grants and movements, all or nothing. Call it inside the
 * transaction that read what was known, under the member's lock.
 */
export const writeSettlement = async (
  strapi: Core.Strapi,
  target: Target,
  settlement: Settlement
): Promise<void> => {
  const tiers = await tierIds(strapi, settlement);
  const subscriptions = await writeMirror(strapi, target, settlement);
  await writeGrants(strapi, target, settlement.grants, tiers, subscriptions);
  await writeMovements(strapi, target, settlement, tiers, subscriptions);
};
