import type { Core } from '@strapi/strapi';
import type { Terms } from '../domain/terms';
import type { Scope } from './known';
import { UID } from '../constants';
import type { Mirrored, PriceRow, TierRow } from './rows';
import { table } from './table';

/** Under this name the catalogue is told to Stripe and learned from it, never both at once. */
export const CATALOGUE_LEASE = 'catalogue';
/** Longer than the slowest request with its retries. Milliseconds. */
export const CATALOGUE_LEASE_MS = 60_000;

export const termsOf = ({ amount, currency, interval, intervalCount }: PriceRow): Terms => ({
  amount: Number(amount),
  currency,
  interval,
  intervalCount,
});

/** documentId of the tier sold under each of these Stripe prices; foreign prices are absent. */
export const tiersByPrice = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripePrices: string[]
): Promise<Map<string, string>> => {
  const rows = await table(strapi, 'price').findMany({
    where: { ...scope, stripeId: { $in: stripePrices } },
    populate: ['tier'],
  });
  return new Map(
    rows.flatMap(({ stripeId, tier }) =>
      stripeId !== null && tier ? [[stripeId, tier.documentId] as const] : []
    )
  );
};

const OWN_PRODUCT = 'prod_memberships_';

/** Whether a row's ids are those of this account and mode. */
export const isMirroredIn = (row: Mirrored, scope: Scope): boolean =>
  row.stripeId !== null && row.account === scope.account && row.livemode === scope.livemode;

/** Stripe's id of a tier's product: our own makes creating it twice impossible, for ever. */
export const productIdOf = (tier: TierRow, scope: Scope): string =>
  isMirroredIn(tier, scope) && tier.stripeId !== null
    ? tier.stripeId
    : `${OWN_PRODUCT}${tier.documentId}`;

/** The tier that is sold as a product; null for another site's. */
export const findTierOfProduct = async (
  strapi: Core.Strapi,
  scope: Scope,
  product: string
): Promise<TierRow | null> => {
  const found = await table(strapi, 'tier').findOne({ where: { ...scope, stripeId: product } });
  if (found || !product.startsWith(OWN_PRODUCT)) return found;
  // A tier tells one account and mode at a time; the products it has in others bear its name.
  const documentId = product.slice(OWN_PRODUCT.length);
  return table(strapi, 'tier').findOne({ where: { documentId } });
};

/** Which of these Stripe products are tiers of ours; see `findTierOfProduct`. */
export const ownProducts = async (
  strapi: Core.Strapi,
  scope: Scope,
  products: readonly string[]
): Promise<Set<string>> => {
  if (products.length === 0) return new Set();
  const named = products.filter((id) => id.startsWith(OWN_PRODUCT));
  const documents = named.map((id) => id.slice(OWN_PRODUCT.length));
  const rows = await table(strapi, 'tier').findMany({
    where: {
      $or: [{ ...scope, stripeId: { $in: products } }, { documentId: { $in: documents } }],
    },
    select: ['documentId', 'stripeId'],
  });
  const known = new Set(
    rows.flatMap(({ documentId, stripeId }) => [stripeId ?? '', `${OWN_PRODUCT}${documentId}`])
  );
  return new Set(products.filter((id) => known.has(id)));
};

const lockRow = async (strapi: Core.Strapi, uid: string, id: number): Promise<void> => {
  await strapi.db.queryBuilder(uid).select('id').where({ id }).forUpdate().execute();
};

/** Holds a tier and its prices until the open transaction ends: nobody changes them in between. */
export const lockTier = async (strapi: Core.Strapi, id: number): Promise<void> => {
  await lockRow(strapi, UID.tier, id);
  const prices = await table(strapi, 'price').findMany({
    where: { tier: id },
    select: ['id'],
    orderBy: { id: 'asc' },
  });
  for (const price of prices) await lockRow(strapi, UID.price, price.id);
};
