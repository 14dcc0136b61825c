import type Stripe from 'stripe';
import { mirroredTiers, pricesOfTiers, type Drift, type PriceRow } from '../../store';
import { isPriceDue, isTierDue } from '../catalogue/due';
import { shortOrNull, stringOrNull } from '../readers/common';
import { readPrice } from '../readers/price';
import { unlessMissing } from '../stripe-errors';
import { learned } from '../sync/price';
import { differencesOf, whole } from './differences';
import { listFrom, nextOf, PAGE, type ReadPage, type WalkContext } from './walk';

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

/** Every price of a product; one that Stripe has no more has none. */
const pricesAt = async ({ stripe }: WalkContext, product: string): Promise<Stripe.Price[]> => {
  const data: Stripe.Price[] = [];
  for (let after: string | null = null; ;) {
    const page: Stripe.ApiList<Stripe.Price> | null = await unlessMissing(
      stripe.client().prices.list({ product, ...listFrom(after) })
    );
    data.push(...(page?.data ?? []));
    after = page ? nextOf(page) : null;
    if (after === null) return data;
  }
};

const isThere = async ({ stripe }: WalkContext, price: string): Promise<boolean> =>
  (await unlessMissing(stripe.client().prices.retrieve(price))) !== null;

/** A tier's prices; those made in Stripe's dashboard before anybody listened are learned by a sync. */
const priceDrifts = async (
  context: WalkContext,
  data: readonly Stripe.Price[],
  rows: ReadonlyMap<string, PriceRow>
): Promise<Drift[]> => {
  const { scope } = context;
  const drifts = data.flatMap((price): Drift[] => {
    const key = `price:${price.id}`;
    const row = rows.get(price.id);
    if (!row) {
      const fields = whole(price.id, null, price.nickname ?? price.id);
      return [{ key, kind: 'missing-here', fields }];
    }
    // What waits to be told to Stripe differs on purpose.
    if (isPriceDue(row, scope)) return [];
    const fields = differencesOf(price.id, row, learned(row, readPrice(price)));
    return fields.length > 0 ? [{ key, kind: 'differs', fields }] : [];
  });
  const listed = new Set(data.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (listed.has(id) || !row.active || isPriceDue(row, scope)) continue;
    if (await isThere(context, id)) continue;
    const fields = whole(id, row.nickname ?? id, null);
    drifts.push({ key: `price:${id}`, kind: 'missing-at-stripe', fields });
  }
  return drifts;
};

/** What each tier is sold for; a price's terms never change at Stripe. */
export const readPrices: ReadPage = async (context, after) => {
  const { strapi, scope } = context;
  const tiers = await mirroredTiers(strapi, scope, Number(after ?? 0), 10);
  const rows = await pricesOfTiers(strapi, scope, tiers);
  const drifts: Drift[] = [];
  let count = 0;
  for (const { id, stripeId } of tiers) {
    if (stripeId === null) continue;
    const data = await pricesAt(context, stripeId);
    count += data.length;
    const own = new Map([...rows].filter(([, { tier }]) => tier?.id === id));
    drifts.push(...(await priceDrifts(context, data, own)));
  }
  return { count, next: nextTier(tiers), drifts };
};
