import { mirroredTiers, pricesOfTiers, type Drift } from '../../store';
import { isPriceDue, isTierDue } from '../catalogue/due';
import { shortOrNull, stringOrNull } from '../readers/common';
import { differencesOf, whole } from './differences';
import { PAGE, type ReadPage } from './walk';

/** A site sells few tiers on an account that may sell anything: the walk is over ours. */

const nextTier = (tiers: readonly { id: number }[]): string | null => {
  const last = tiers.at(-1);
  return last ? String(last.id) : null;
};

/** Products against tiers; what waits to be told to Stripe differs on purpose. */
export const readProducts: ReadPage = async ({ strapi, stripe, scope }, after) => {
  const tiers = await mirroredTiers(strapi, scope, Number(after ?? 0), PAGE);
  if (tiers.length === 0) return { count: 0, next: null, drifts: [] };
  const ids = tiers.map(({ stripeId }) => stripeId ?? '');
  const { data } = await stripe.client().products.list({ ids, limit: PAGE });
  const drifts = tiers.flatMap((tier): Drift[] => {
    const id = tier.stripeId ?? '';
    if (isTierDue(tier, scope)) return [];
    const product = data.find((one) => one.id === id);
    const here = {
      name: tier.name,
      description: tier.description || null,
      active: tier.archivedAt === null,
    };
    if (!product) {
      // Archived is what becomes here of one that was deleted there.
      return here.active
        ? [{ key: `product:${id}`, kind: 'missing-at-stripe', fields: whole(id, tier.name, null) }]
        : [];
    }
    const fields = differencesOf(id, here, {
      name: shortOrNull(product.name) || tier.name,
      description: stringOrNull(product.description) || null,
      active: product.active,
    });
    return fields.length > 0 ? [{ key: `product:${id}`, kind: 'differs', fields }] : [];
  });
  return { count: data.length, next: nextTier(tiers), drifts };
};

/** Whether prices are on sale on both sides; their amounts never change at Stripe. */
export const readPrices: ReadPage = async ({ strapi, stripe, scope }, after) => {
  const tiers = await mirroredTiers(strapi, scope, Number(after ?? 0), 10);
  const rows = await pricesOfTiers(strapi, scope, tiers);
  const drifts: Drift[] = [];
  let count = 0;
  for (const tier of tiers) {
    // An archived tier's prices stay at Stripe as they are.
    if (tier.archivedAt !== null || tier.stripeId === null) continue;
    const product = tier.stripeId;
    const { data } = await stripe.client().prices.list({ product, limit: PAGE });
    count += data.length;
    for (const price of data) {
      const row = rows.get(price.id);
      if (!row || isPriceDue(row, scope)) continue;
      const fields = differencesOf(price.id, row, { active: price.active });
      if (fields.length > 0) drifts.push({ key: `price:${price.id}`, kind: 'differs', fields });
    }
  }
  return { count, next: nextTier(tiers), drifts };
};
