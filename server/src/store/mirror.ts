import type { Core } from '@strapi/strapi';
import type { Scope } from './known';
import type { PaymentRecord } from '../domain/facts';
import type { Payer } from './payers';
import { toPaymentRecord } from './payments';
import type { CustomerRow, OfferRow, PriceRow, SubscriptionRow, TierRow } from './rows';
import { table } from './table';

/** Reads of the mirror by the page, for comparing it with Stripe's lists. */

interface MirrorRows {
  subscription: SubscriptionRow;
  customer: CustomerRow;
  offer: OfferRow;
}

/** Of these a walk notes which it met. */
type Seen = 'subscription' | 'customer';

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

/** The mirrored customers of these, with the members that pay with them. */
export const payersOf = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeIds: readonly string[]
): Promise<Map<string, Payer>> => {
  if (stripeIds.length === 0) return new Map();
  const rows = await table(strapi, 'customer').findMany({
    where: { ...scope, stripeId: { $in: [...new Set(stripeIds)] }, member: { $notNull: true } },
    populate: { member: { select: ['id', 'documentId'], populate: { user: { select: ['id'] } } } },
  });
  const hasMember = (row: CustomerRow): row is Payer => Boolean(row.member);
  return new Map(rows.filter(hasMember).map((row) => [row.stripeId ?? '', row]));
};

/** Notes that a run met these at Stripe. */
export const markSeen = async (
  strapi: Core.Strapi,
  name: Seen,
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
export const unseen = async <Name extends Seen>(
  strapi: Core.Strapi,
  name: Name,
  scope: Scope,
  run: number,
  after: number,
  limit: number
): Promise<MirrorRows[Name][]> => {
  const rows = await table(strapi, name).findMany({
    where: {
      ...scope,
      id: { $gt: after },
      $or: [{ seenBy: { $ne: run } }, { seenBy: { $null: true } }],
    },
    orderBy: { id: 'asc' },
    limit,
  });
  const found: MirrorRows[Name][] = rows;
  return found;
};

/** Coupons of the mirror that can still be redeemed, by id. */
export const activeCoupons = (
  strapi: Core.Strapi,
  scope: Scope,
  after: number,
  limit: number
): Promise<OfferRow[]> =>
  table(strapi, 'offer').findMany({
    where: { ...scope, id: { $gt: after }, code: { $null: true }, active: true },
    orderBy: { id: 'asc' },
    limit,
  });

/** How a payment is looked for. */
interface PaymentsWanted {
  stripeId?: readonly string[];
  paymentIntent?: readonly string[];
}

/** Payments by their own ids, by those of the intents that paid them, or by either. */
export const mirroredPayments = async (
  strapi: Core.Strapi,
  scope: Scope,
  { stripeId = [], paymentIntent = [] }: PaymentsWanted
): Promise<PaymentRecord[]> => {
  if (stripeId.length + paymentIntent.length === 0) return [];
  const rows = await table(strapi, 'payment').findMany({
    where: {
      ...scope,
      $or: [
        ...(stripeId.length > 0 ? [{ stripeId: { $in: [...new Set(stripeId)] } }] : []),
        ...(paymentIntent.length > 0
          ? [{ paymentIntent: { $in: [...new Set(paymentIntent)] } }]
          : []),
      ],
    },
    populate: { subscription: { select: ['stripeId'] } },
  });
  return rows.map(toPaymentRecord);
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
