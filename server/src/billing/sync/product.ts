import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import { now } from '../../config';
import {
  alone,
  assertHeld,
  CATALOGUE_LEASE,
  CATALOGUE_LEASE_MS,
  findTierOfProduct,
  isMirroredIn,
  lockTier,
  markDone,
  table,
  toIso,
  transaction,
  type Scope,
  type TierRow,
} from '../../store';
import { isPriceDue, isTierDue, priceHash, tierHash } from '../catalogue/due';
import { shortOrNull, stringOrNull } from '../readers/common';
import { isMissing } from '../stripe-errors';
import type { Sync } from './context';
import { ignore } from './record';

interface Fetched {
  /** null: it was deleted. */
  product: Stripe.Product | null;
  /** Stripe's ids of the prices on sale; read only when the product came back. */
  onSale: ReadonlySet<string>;
}

const fetchProduct = async (client: Stripe, id: string, tier: TierRow): Promise<Fetched> => {
  try {
    const product = await client.products.retrieve(id);
    const returned = product.active && tier.archivedAt !== null;
    const prices = returned
      ? (await client.prices.list({ product: id, active: true, limit: 100 })).data
      : [];
    return { product, onSale: new Set(prices.map((price) => price.id)) };
  } catch (error) {
    if (isMissing(error)) return { product: null, onSale: new Set() };
    throw error;
  }
};

/** The tier as Stripe's product is now; one that was deleted there is archived, since members hold it. */
const learned = (strapi: Core.Strapi, tier: TierRow, product: Stripe.Product | null) => ({
  name: shortOrNull(product?.name) || tier.name,
  description: product ? stringOrNull(product.description) : tier.description,
  archivedAt: product?.active ? null : (tier.archivedAt ?? toIso(now(strapi))),
});

/**
 * What was sold stays sold: archiving a product leaves its prices as they are at Stripe, so that
 * nothing of it is told back there.
 */
const notePrices = async (
  strapi: Core.Strapi,
  scope: Scope,
  before: TierRow,
  after: TierRow,
  onSale: ReadonlySet<string>
): Promise<void> => {
  const rows = await table(strapi, 'price').findMany({ where: { tier: before.id, ...scope } });
  for (const row of rows) {
    if (isPriceDue({ ...row, tier: before }, scope)) continue;
    const agrees = after.archivedAt !== null || !row.active || onSale.has(row.stripeId ?? '');
    if (!agrees) continue;
    const syncedHash = priceHash({ ...row, tier: after }, scope);
    await table(strapi, 'price').updateMany({ where: { id: row.id }, data: { syncedHash } });
  }
};

const learnTier = async (
  strapi: Core.Strapi,
  scope: Scope,
  tier: TierRow,
  { product, onSale }: Fetched
): Promise<void> => {
  // What waits to be told to Stripe wins over what Stripe says.
  if (!isMirroredIn(tier, scope) || isTierDue(tier, scope)) return;
  const data = learned(strapi, tier, product);
  const after = { ...tier, ...data };
  const syncedHash = tierHash(after, scope);
  if (syncedHash === tier.syncedHash && tier.syncError === null) return;
  await table(strapi, 'tier').update({
    where: { id: tier.id },
    data: { ...data, syncedHash, syncError: null, syncedAt: toIso(now(strapi)) },
  });
  if (after.archivedAt !== tier.archivedAt) await notePrices(strapi, scope, tier, after, onSale);
};

/**
 * Makes a tier what its product is at Stripe: name, description, whether it is sold. Under the
 * catalogue's lease, so that what is fetched here is not older than what was told meanwhile. Products of
 * other sites are left alone, unasked.
 */
export const syncProduct: Sync = async (context, key) => {
  const { strapi, stripe, scope, lease, batch } = context;
  const id = key.slice('product:'.length);
  const find = () => findTierOfProduct(strapi, scope, id);
  if (!(await find())) return ignore(context);
  await alone(strapi, CATALOGUE_LEASE, CATALOGUE_LEASE_MS, async (held) => {
    const known = await find();
    const fetched = known && (await fetchProduct(stripe.client(), id, known));
    await transaction(strapi, async () => {
      await assertHeld(strapi, lease);
      await assertHeld(strapi, held);
      if (known) await lockTier(strapi, known.id);
      const tier = known && (await find());
      if (tier && fetched) await learnTier(strapi, scope, tier, fetched);
      await markDone(strapi, batch, 'done');
    });
  });
};
