import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import { now } from '../../config';
import {
  alone,
  table,
  toIso,
  tryAlone,
  type PriceRow,
  type Scope,
  type TierRow,
} from '../../store';
import type { StripeAccess } from '../client';
import { isMissing } from '../sync/subscription';

/** Stripe's own words, so that the hash changes whenever what Stripe should know does. */
const productOf = (tier: TierRow) => ({
  name: tier.name,
  active: tier.archivedAt === null,
  description: tier.description ?? '',
  metadata: { tier: tier.documentId, slug: tier.slug },
});

const recurringOf = ({ interval, intervalCount }: PriceRow) =>
  interval === null ? {} : { recurring: { interval, interval_count: intervalCount } };

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

const isMirroredIn = (row: TierRow | PriceRow, scope: Scope): boolean =>
  row.stripeId !== null && row.account === scope.account && row.livemode === scope.livemode;

const tierHash = (tier: TierRow, scope: Scope): string => hashOf([scope, productOf(tier)]);
const priceHash = (price: PriceRow, scope: Scope): string =>
  hashOf([scope, price.active && price.tier?.archivedAt === null]);

/** Whether Stripe was told the present state; a row of another mode or account is not due here. */
export const isTierDue = (tier: TierRow, scope: Scope): boolean =>
  tier.kind === 'paid' && tier.syncedHash !== tierHash(tier, scope);

/** A price of another account or mode stays there: it is sold here under a price of its own. */
export const isPriceDue = (price: PriceRow, scope: Scope): boolean =>
  price.tier?.kind === 'paid' &&
  (price.stripeId === null || isMirroredIn(price, scope)) &&
  price.syncedHash !== priceHash(price, scope);

/** Another instance made it in between. */
const isTaken = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.code === 'resource_already_exists';

const LEASE = 'catalogue';
const LEASE_MS = 60_000;

export interface Catalogue {
  /** Tells Stripe of every tier and price it does not know in its present state. */
  run(): Promise<void>;
  /**
   * Makes sure one price is in Stripe.
   *
   * @returns its Stripe id, or null when Stripe refused it (the row says why)
   */
  push(priceDocumentId: string): Promise<string | null>;
}

export const createCatalogue = (strapi: Core.Strapi, stripe: StripeAccess): Catalogue => {
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

  /** Our own product id makes creating it twice impossible, for ever and not for a day. */
  const pushTier = async (tier: TierRow, scope: Scope): Promise<string> => {
    const { products } = await stripe.writer();
    const id = isMirroredIn(tier, scope)
      ? (tier.stripeId ?? '')
      : `prod_memberships_${tier.documentId}`;
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

  const createPrice = async (price: PriceRow, product: string): Promise<string> => {
    const { prices } = await stripe.writer();
    // A crash after Stripe made it and before we wrote it down: adopt it, there is never a second.
    const lookupKey = `memberships_${price.documentId}`;
    const find = async () =>
      (await prices.list({ lookup_keys: [lookupKey], limit: 1 })).data[0]?.id ?? null;
    const adopted = await find();
    if (adopted) return adopted;
    try {
      const created = await prices.create({
        product,
        currency: price.currency,
        unit_amount: Number(price.amount),
        ...recurringOf(price),
        lookup_key: lookupKey,
        metadata: { price: price.documentId },
      });
      return created.id;
    } catch (error) {
      // Another instance was first: Stripe gives a lookup key to one price only.
      const made = error instanceof Stripe.errors.StripeInvalidRequestError ? await find() : null;
      if (made) return made;
      throw error;
    }
  };

  const pushPrice = async (price: PriceRow, scope: Scope): Promise<void> => {
    const { tier } = price;
    if (!tier) return;
    const product =
      isMirroredIn(tier, scope) && tier.stripeId ? tier.stripeId : await pushTier(tier, scope);
    const id = price.stripeId ?? (await createPrice(price, product));
    // Written down before anything else can fail.
    if (price.stripeId === null) {
      await note('price', price.id, { ...scope, stripeId: id });
    }
    const active = price.active && tier.archivedAt === null;
    const { prices } = await stripe.writer();
    await prices.update(id, { active });
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
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const final = error instanceof Stripe.errors.StripeInvalidRequestError;
      await note(name, row.id, { syncError: error.message, ...(final && { syncedHash: hash }) });
      if (!final) throw error;
      strapi.log.warn(
        `memberships: Stripe did not take ${name} ${row.documentId}: ${error.message}`
      );
    }
  };

  const everything = async (scope: Scope): Promise<void> => {
    const tiers = await table(strapi, 'tier').findMany({ where: { kind: 'paid' } });
    for (const tier of tiers.filter((one) => isTierDue(one, scope))) {
      await attempt('tier', tier, tierHash(tier, scope), () => pushTier(tier, scope));
    }
    // Read again: their tiers may have just got their products.
    const prices = await table(strapi, 'price').findMany({ populate: ['tier'] });
    for (const price of prices.filter((one) => isPriceDue(one, scope))) {
      await attempt('price', price, priceHash(price, scope), () => pushPrice(price, scope));
    }
  };

  return {
    async run() {
      const scope = await stripe.scope();
      await tryAlone(strapi, LEASE, LEASE_MS, () => everything(scope));
    },
    async push(documentId) {
      const scope = await stripe.scope();
      const find = () =>
        table(strapi, 'price').findOne({ where: { documentId }, populate: ['tier'] });
      const present = await find();
      if (!present || present.stripeId !== null) return present?.stripeId ?? null;
      return alone(strapi, LEASE, LEASE_MS, async () => {
        // Read again: whoever had the lease may have pushed it.
        const price = await find();
        if (!price || price.stripeId !== null) return price?.stripeId ?? null;
        await attempt('price', price, priceHash(price, scope), () => pushPrice(price, scope));
        return (await find())?.stripeId ?? null;
      });
    },
  };
};
