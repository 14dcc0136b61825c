import type { Core } from '@strapi/strapi';
import type { Terms } from '../domain/terms';
import type { Scope } from './known';
import type { PriceRow } from './rows';
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
