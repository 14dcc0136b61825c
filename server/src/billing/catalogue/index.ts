import type { Core } from '@strapi/strapi';
import {
  alone,
  CATALOGUE_LEASE,
  CATALOGUE_LEASE_MS,
  table,
  tryAlone,
  type Lease,
  type PriceRow,
  type Scope,
  type TierRow,
} from '../../store';
import type { StripeAccess } from '../client';
import { isPriceDue, isTierDue } from './due';
import { bringAlong } from './move';
import { createPusher } from './push';

/** What is told of a row's place in Stripe. */
export interface CatalogueView {
  configured: boolean;
  isTierDue(tier: TierRow): boolean;
  isPriceDue(price: PriceRow): boolean;
}

export interface Catalogue {
  /** Tells Stripe of every tier and price it does not know in its present state. */
  run(): Promise<void>;
  /**
   * Makes sure one price is in Stripe.
   *
   * @returns its Stripe id, or null when Stripe refused it (the row says why)
   */
  push(priceDocumentId: string): Promise<string | null>;
  /** What waits to be told. Without a key nothing does; with one, the account must be known. */
  view(): Promise<CatalogueView>;
}

export const createCatalogue = (strapi: Core.Strapi, stripe: StripeAccess): Catalogue => {
  const everything = async (scope: Scope, lease: Lease): Promise<void> => {
    await bringAlong(strapi, scope, lease);
    // Nobody waits for it.
    const push = createPusher(strapi, stripe.paced, scope);
    const tiers = await table(strapi, 'tier').findMany({ where: { kind: 'paid' } });
    for (const tier of tiers.filter((one) => isTierDue(one, scope))) await push.tier(tier);
    // Read again: their tiers may have just got their products.
    const prices = await table(strapi, 'price').findMany({ populate: ['tier'] });
    for (const price of prices.filter((one) => isPriceDue(one, scope))) await push.price(price);
  };

  return {
    async run() {
      const scope = await stripe.scope();
      await tryAlone(strapi, CATALOGUE_LEASE, CATALOGUE_LEASE_MS, (lease) =>
        everything(scope, lease)
      );
    },
    async push(documentId) {
      const scope = await stripe.scope();
      const find = () =>
        table(strapi, 'price').findOne({ where: { documentId }, populate: ['tier'] });
      const present = await find();
      if (!present || present.stripeId !== null) return present?.stripeId ?? null;
      return alone(strapi, CATALOGUE_LEASE, CATALOGUE_LEASE_MS, async () => {
        // Read again: whoever had the lease may have pushed it.
        const price = await find();
        if (!price || price.stripeId !== null) return price?.stripeId ?? null;
        await createPusher(strapi, stripe, scope).price(price);
        return (await find())?.stripeId ?? null;
      });
    },
    async view() {
      const { configured } = stripe;
      const scope = configured ? await stripe.scope().catch(() => null) : null;
      return {
        configured,
        isTierDue: (tier) => scope === null || isTierDue(tier, scope),
        isPriceDue: (price) => scope === null || isPriceDue(price, scope),
      };
    },
  };
};
