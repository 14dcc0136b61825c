import Stripe from 'stripe';
import type { Core } from '@strapi/strapi';
import { sameTerms, type Terms } from '../../domain/terms';
import { table, termsOf, type PriceRow, type Scope } from '../../store';
import { readTerms } from '../readers/price';
import { isMissing } from '../stripe-errors';

/** Stripe has something in the place of a row that is not what the row says; a person decides. */
export class NotAdopted extends Error {}

export const lookupKeyOf = (price: Pick<PriceRow, 'documentId'>): string =>
  `memberships_${price.documentId}`;

const describe = (terms: Terms | null): string => {
  if (!terms) return 'terms that are not sold here';
  const { amount, currency, interval, intervalCount } = terms;
  const period = interval === null ? 'once' : `every ${intervalCount} ${interval}`;
  return `${amount} ${currency} ${period}`;
};

/**
 * The price under our lookup key: of a push that crashed before it was written down, or of another
 * instance. What differs is not adopted: members would be charged something else than they were shown.
 *
 * @returns null when nobody has the key
 * @throws NotAdopted saying why
 */
const findOwn = async (
  strapi: Core.Strapi,
  { prices }: Stripe,
  scope: Scope,
  price: PriceRow,
  product: string
): Promise<string | null> => {
  const key = lookupKeyOf(price);
  const [found] = (await prices.list({ lookup_keys: [key], limit: 1 })).data;
  if (!found) return null;
  const refuse = (why: string) =>
    new NotAdopted(
      `Stripe's ${found.id} holds the lookup key ${key}, but ${why}: take the key off it in Stripe, then try again`
    );
  const terms = readTerms(found);
  if (!terms || !sameTerms(terms, termsOf(price))) {
    throw refuse(`costs ${describe(terms)} and not ${describe(termsOf(price))}`);
  }
  if (found.product !== product) throw refuse(`is a price of another product`);
  if (await table(strapi, 'price').findOne({ where: { ...scope, stripeId: found.id } })) {
    throw refuse('is another price here');
  }
  return found.id;
};

const recurringOf = ({ interval, intervalCount }: PriceRow) =>
  interval === null ? {} : { recurring: { interval, interval_count: intervalCount } };

/**
 * Makes a price at Stripe, once: Stripe gives a lookup key to one price only.
 *
 * @returns Stripe's id
 * @throws NotAdopted when another price has our key
 */
export const makePrice = async (
  strapi: Core.Strapi,
  stripe: Stripe,
  scope: Scope,
  price: PriceRow,
  product: string
): Promise<string> => {
  const find = () => findOwn(strapi, stripe, scope, price, product);
  const adopted = await find();
  if (adopted) return adopted;
  try {
    const { id } = await stripe.prices.create({
      product,
      currency: price.currency,
      unit_amount: Number(price.amount),
      ...recurringOf(price),
      ...(price.nickname && { nickname: price.nickname }),
      lookup_key: lookupKeyOf(price),
      metadata: { price: price.documentId },
    });
    return id;
  } catch (error) {
    // Another instance was first.
    const made = error instanceof Stripe.errors.StripeInvalidRequestError ? await find() : null;
    if (made) return made;
    throw error;
  }
};

/** Whether Stripe refused a price because its product is not there. */
export const isProductMissing = (error: unknown): boolean =>
  isMissing(error) &&
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.param === 'product';
