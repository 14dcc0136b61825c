import type { Core } from '@strapi/strapi';
import type { Scope } from './known';
import type { PaymentRow, SubscriptionRow } from './rows';
import { table } from './table';

/** Reads of the mirror by the page, for comparing it with Stripe's lists. */

interface MirrorRows {
  subscription: SubscriptionRow;
  payment: PaymentRow;
}

/** The rows that mirror these Stripe ids. */
export const mirrored = async <Name extends keyof MirrorRows>(
  strapi: Core.Strapi,
  name: Name,
  scope: Scope,
  stripeIds: readonly string[]
): Promise<Map<string, MirrorRows[Name]>> => {
  if (stripeIds.length === 0) return new Map();
  const rows = await table(strapi, name).findMany({
    where: { ...scope, stripeId: { $in: [...new Set(stripeIds)] } },
  });
  const found: MirrorRows[Name][] = rows;
  return new Map(found.map((row) => [row.stripeId ?? '', row]));
};

/** Which of these Stripe customers are of members of ours. */
export const knownCustomers = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeIds: readonly string[]
): Promise<Set<string>> => {
  if (stripeIds.length === 0) return new Set();
  const rows = await table(strapi, 'customer').findMany({
    where: { ...scope, stripeId: { $in: [...new Set(stripeIds)] }, member: { $notNull: true } },
    select: ['stripeId'],
  });
  return new Set(rows.map(({ stripeId }) => stripeId ?? ''));
};

/** Which of these purchases were given what they bought. */
export const knownReferences = async (
  strapi: Core.Strapi,
  references: readonly string[]
): Promise<Set<string>> => {
  if (references.length === 0) return new Set();
  const rows = await table(strapi, 'grant').findMany({
    where: { reference: { $in: references } },
    select: ['reference'],
  });
  return new Set(rows.map(({ reference }) => reference ?? ''));
};

/** Notes that a run met these at Stripe. */
export const markSeen = async (
  strapi: Core.Strapi,
  name: 'subscription',
  scope: Scope,
  stripeIds: readonly string[],
  run: number
): Promise<void> => {
  if (stripeIds.length === 0) return;
  await table(strapi, name).updateMany({
    where: { ...scope, stripeId: { $in: stripeIds } },
    data: { seenBy: run },
  });
};

/** Rows that a run met nowhere, by id; those made meanwhile too. */
export const unseen = (
  strapi: Core.Strapi,
  name: 'subscription',
  scope: Scope,
  run: number,
  after: number,
  limit: number
): Promise<SubscriptionRow[]> =>
  table(strapi, name).findMany({
    where: {
      ...scope,
      id: { $gt: after },
      $or: [{ seenBy: { $ne: run } }, { seenBy: { $null: true } }],
    },
    orderBy: { id: 'asc' },
    limit,
  });
