import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import { now } from '../../config';
import {
  isMirroredIn,
  productIdOf,
  table,
  toIso,
  type PriceRow,
  type Scope,
  type TierRow,
} from '../../store';
import type { StripeAccess } from '../client';
import { isMissing } from '../stripe-errors';
import { isOnSale, priceHash, productOf, statusOf, tierHash } from './due';
import { isProductMissing, makePrice, NotAdopted } from './price';

/** Another instance made it in between. */
const isTaken = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.code === 'resource_already_exists';

/** What only a person can mend: trying again would be told the same. */
const isFinal = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof NotAdopted;

export interface Pusher {
  /** Tells Stripe of a tier and notes the outcome. @throws when Stripe cannot be reached */
  tier(tier: TierRow): Promise<void>;
  /** Tells Stripe of a price, with its tier first. @throws when Stripe cannot be reached */
  price(price: PriceRow): Promise<void>;
}

/** What is told to Stripe, row by row. Under the catalogue's lease. */
export const createPusher = (strapi: Core.Strapi, stripe: StripeAccess, scope: Scope): Pusher => {
  /**
   * What is noted of a push. Not by `update`, whose lifecycles call for the next push: a note of a
   * failure would be tried again at once, for as long as Stripe is away.
   */
  const note = async (
    name: 'tier' | 'price',
    id: number,
    data: Record<string, unknown>
  ): Promise<void> => {
    await table(strapi, name).updateMany({ where: { id }, data });
  };

  const synced = (name: 'tier' | 'price', id: number, data: Record<string, unknown>) =>
    note(name, id, { ...data, syncError: null, syncedAt: toIso(now(strapi)) });

  /** @returns Stripe's id of the product, which is made anew when somebody deleted it */
  const pushTier = async (tier: TierRow): Promise<string> => {
    const { products } = await stripe.writer();
    const id = productIdOf(tier, scope);
    const product = productOf(tier);
    try {
      await products.update(id, product);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // An empty description unsets one; a new product has none to unset.
      const fresh = { id, ...product, description: product.description || undefined };
      await products.create(fresh).catch(async (refusal: unknown) => {
        if (!isTaken(refusal)) throw refusal;
        await products.update(id, product);
      });
    }
    await synced('tier', tier.id, { ...scope, stripeId: id, syncedHash: tierHash(tier, scope) });
    return id;
  };

  /** Makes the price and writes its id down before anything else can fail. */
  const make = async (price: PriceRow, tier: TierRow): Promise<string> => {
    const client = await stripe.writer();
    const known = isMirroredIn(tier, scope) ? tier.stripeId : null;
    const id = await makePrice(strapi, client, scope, price, known ?? (await pushTier(tier))).catch(
      async (error: unknown) => {
        if (!isProductMissing(error)) throw error;
        return makePrice(strapi, client, scope, price, await pushTier(tier));
      }
    );
    await note('price', price.id, { ...scope, stripeId: id });
    return id;
  };

  const pushPrice = async (price: PriceRow): Promise<void> => {
    const { tier, stripeId } = price;
    if (!tier) return;
    const { prices } = await stripe.writer();
    const tell = (id: string) => prices.update(id, statusOf(price));
    try {
      await tell(stripeId ?? (await make(price, tier)));
    } catch (error) {
      if (stripeId === null || !isMissing(error)) throw error;
      // Only a price that nobody ever paid can be deleted at Stripe: no subscription names it.
      if (isOnSale(price)) await tell(await make(price, tier));
    }
    await synced('price', price.id, { syncedHash: priceHash(price, scope) });
  };

  /**
   * Notes on the row what Stripe said. Only what cannot heal by itself waits for a person; an outage
   * ends the round, since every other row would wait for the same time-outs.
   */
  const attempt = async (
    name: 'tier' | 'price',
    row: TierRow | PriceRow,
    hash: string,
    push: () => Promise<unknown>
  ): Promise<void> => {
    try {
      await push();
    } catch (error) {
      const final = isFinal(error);
      if (!(error instanceof Error) || !(final || error instanceof Stripe.errors.StripeError)) {
        throw error;
      }
      await note(name, row.id, { syncError: error.message, ...(final && { syncedHash: hash }) });
      if (!final) throw error;
      strapi.log.warn(
        `memberships: Stripe did not take ${name} ${row.documentId}: ${error.message}`
      );
    }
  };

  return {
    tier: (tier) => attempt('tier', tier, tierHash(tier, scope), () => pushTier(tier)),
    price: (price) => attempt('price', price, priceHash(price, scope), () => pushPrice(price)),
  };
};
