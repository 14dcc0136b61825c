import type { Core } from '@strapi/strapi';
import type { Scope } from './known';
import { table } from './table';

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
