import type { Core } from '@strapi/strapi';
import type { Scope } from './known';
import type { PaymentRow, PriceRow, SubscriptionRow, TierRow } from './rows';
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

/** The payments that these payment intents paid. */
export const paymentsOfIntents = async (
  strapi: Core.Strapi,
  scope: Scope,
  intents: readonly string[]
): Promise<Map<string, PaymentRow>> => {
  if (intents.length === 0) return new Map();
  const rows = await table(strapi, 'payment').findMany({
    where: { ...scope, paymentIntent: { $in: [...new Set(intents)] } },
  });
  return new Map(rows.map((row) => [row.paymentIntent ?? '', row]));
};

/** Tiers that Stripe knows in an account and mode, by id. */
export const mirroredTiers = (
  strapi: Core.Strapi,
  scope: Scope,
  after: number,
  limit: number
): Promise<TierRow[]> =>
  table(strapi, 'tier').findMany({
    where: { ...scope, id: { $gt: after }, stripeId: { $notNull: true }, kind: 'paid' },
    orderBy: { id: 'asc' },
    limit,
  });

/** Their prices that Stripe knows, by Stripe's id. */
export const pricesOfTiers = async (
  strapi: Core.Strapi,
  scope: Scope,
  tiers: readonly TierRow[]
): Promise<Map<string, PriceRow>> => {
  if (tiers.length === 0) return new Map();
  const rows = await table(strapi, 'price').findMany({
    where: {
      ...scope,
      tier: { $in: tiers.map(({ id }) => id) },
      stripeId: { $notNull: true },
    },
    populate: ['tier'],
  });
  return new Map(rows.map((row) => [row.stripeId ?? '', row]));
};
