import type { Core } from '@strapi/strapi';
import type { InboxStatus } from '../../../contracts';
import { now } from '../config';
import type { Scope } from './known';
import type { InboxRow } from './rows';
import { table } from './table';
import { toIso } from './time';

export interface InboxQuery {
  page: number;
  pageSize: number;
  status?: InboxStatus;
  type?: string;
  /** The beginning of an event's id or of a key. */
  q?: string;
}

/** Deliveries for an operator, newest first, and how many there are. */
export const listDeliveries = async (
  strapi: Core.Strapi,
  { page, pageSize, status, type, q }: InboxQuery
): Promise<{ rows: InboxRow[]; total: number }> => {
  const where = {
    ...(status && { status }),
    ...(type && { type }),
    ...(q && { $or: [{ stripeId: { $startsWith: q } }, { key: { $startsWith: q } }] }),
  };
  const inbox = table(strapi, 'inbox');
  return {
    rows: await inbox.findMany({
      where,
      orderBy: { id: 'desc' },
      limit: pageSize,
      offset: (page - 1) * pageSize,
    }),
    total: await inbox.count({ where }),
  };
};

export const findDelivery = (strapi: Core.Strapi, id: number): Promise<InboxRow | null> =>
  table(strapi, 'inbox').findOne({ where: { id } });

/**
 * Makes deliveries due again with all their tries: one, or all that are dead. What is done or ignored
 * stays so, and what another account or mode left behind: nobody here could ever work it off.
 *
 * @returns how many
 */
export const reviveDeliveries = async (
  strapi: Core.Strapi,
  { account, livemode }: Scope,
  which: { id: number } | 'dead'
): Promise<number> => {
  const what =
    which === 'dead'
      ? { status: 'dead' }
      : { id: which.id, status: { $in: ['dead', 'pending'] }, key: { $notNull: true } };
  const where = { account, livemode, ...what };
  const { count } = await table(strapi, 'inbox').updateMany({
    where,
    data: { status: 'pending', attempts: 0, availableAt: toIso(now(strapi)) },
  });
  return count;
};
