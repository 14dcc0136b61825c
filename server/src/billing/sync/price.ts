import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import { now } from '../../config';
import { sameTerms } from '../../domain/terms';
import {
  alone,
  assertHeld,
  CATALOGUE_LEASE,
  CATALOGUE_LEASE_MS,
  findTierOfProduct,
  lockTier,
  markDone,
  table,
  termsOf,
  toIso,
  transaction,
  type PriceRow,
  type Scope,
  type TierRow,
} from '../../store';
import { isPriceDue, priceHash } from '../catalogue/due';
import { idOf } from '../readers/common';
import { NOT_SOLD_HERE, readPrice, type PriceFacts } from '../readers/price';
import { unlessMissing } from '../stripe-errors';
import type { Sync } from './context';
import { ignore } from './record';

const fetchPrice = (client: Stripe, id: string): Promise<Stripe.Price | null> =>
  unlessMissing(client.prices.retrieve(id));

/**
 * A row as Stripe's price is now. What Stripe lets be bought of an archived tier is nothing we sell,
 * and the prices of one were taken off sale by us: neither says anything of the row's own `active`.
 */
export const learned = ({ active, tier }: Pick<PriceRow, 'active' | 'tier'>, facts: PriceFacts) => {
  const sold = facts.active && facts.terms !== null;
  return {
    active: tier?.archivedAt ? active : sold,
    nickname: facts.nickname,
    metadata: facts.metadata,
    syncError: facts.terms === null ? NOT_SOLD_HERE : null,
    ...(facts.terms && { ...facts.terms, amount: String(facts.terms.amount) }),
  };
};

const isSame = (row: PriceRow, data: object): boolean =>
  Object.entries(data).every(([name, value]) => isDeepStrictEqual(Reflect.get(row, name), value));

/** The row takes over what Stripe says, unless it has something to tell Stripe itself. */
const learnRow = async (
  strapi: Core.Strapi,
  scope: Scope,
  row: PriceRow,
  facts: PriceFacts | null
): Promise<void> => {
  if (isPriceDue(row, scope)) return;
  // Deleted at Stripe: kept here, off sale.
  const data = facts ? learned(row, facts) : { active: false };
  if (isSame(row, data)) return;
  const syncedHash = priceHash({ ...row, ...data }, scope);
  await table(strapi, 'price').update({
    where: { id: row.id },
    data: { ...data, syncedHash, syncedAt: toIso(now(strapi)) },
  });
};

/** A push that crashed between Stripe and us left a row without an id: the price says whose it is. */
const findOrphan = async (
  strapi: Core.Strapi,
  tier: TierRow,
  { made, terms }: PriceFacts
): Promise<PriceRow | null> => {
  if (made === null) return null;
  const row = await table(strapi, 'price').findOne({
    where: { documentId: made, tier: tier.id, stripeId: null },
  });
  return row && terms && sameTerms(terms, termsOf(row)) ? row : null;
};

/** A price made in Stripe's dashboard on a product of ours sells its tier. */
const addRow = async (
  strapi: Core.Strapi,
  scope: Scope,
  tier: TierRow,
  facts: PriceFacts
): Promise<void> => {
  const data = learned({ active: facts.active && facts.terms !== null, tier }, facts);
  await table(strapi, 'price').create({
    data: {
      amount: '0',
      currency: facts.currency,
      interval: facts.interval,
      intervalCount: 1,
      trialDays: facts.trialDays,
      ...data,
      ...scope,
      stripeId: facts.stripeId,
      tier: tier.id,
      syncedHash: priceHash({ ...data, tier }, scope),
      syncedAt: toIso(now(strapi)),
    },
  });
};

/**
 * Makes the row of a Stripe price what that is now; a price that is new on a product of ours becomes a
 * row of its tier. Under the catalogue's lease, so that what is fetched here is not older than what was
 * told meanwhile. Prices of other sites' products are left alone.
 */
export const syncPrice: Sync = async (context, key) => {
  const { strapi, stripe, scope, lease, batch } = context;
  const id = key.slice('price:'.length);
  const client = stripe.client();
  const findRow = () =>
    table(strapi, 'price').findOne({ where: { ...scope, stripeId: id }, populate: ['tier'] });
  const findTier = async (price: Stripe.Price | null) => {
    const product = idOf(price?.product);
    return product === null ? null : findTierOfProduct(strapi, scope, product);
  };

  const isOurs = (await findRow()) ?? (await findTier(await fetchPrice(client, id)));
  if (!isOurs) return ignore(context);
  await alone(strapi, CATALOGUE_LEASE, CATALOGUE_LEASE_MS, async (held) => {
    const price = await fetchPrice(client, id);
    const facts = price && readPrice(price);
    const owner = (await findRow())?.tier ?? (await findTier(price));
    await transaction(strapi, async () => {
      await assertHeld(strapi, lease);
      await assertHeld(strapi, held);
      if (owner) await lockTier(strapi, owner.id);
      const tier = owner && (await table(strapi, 'tier').findOne({ where: { id: owner.id } }));
      const row = await findRow();
      const orphan = !row && tier && facts ? await findOrphan(strapi, tier, facts) : null;
      if (row) await learnRow(strapi, scope, row, facts);
      else if (orphan) {
        // What it should be there is told with the next push.
        const data = { ...scope, stripeId: id, syncedHash: null, syncError: null };
        await table(strapi, 'price').update({ where: { id: orphan.id }, data });
      } else if (tier && facts) await addRow(strapi, scope, tier, facts);
      await markDone(strapi, batch, 'done');
    });
  });
};
