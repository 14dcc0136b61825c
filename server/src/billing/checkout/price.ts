import type { Core } from '@strapi/strapi';
import type { ErrorCode } from '../../../../contracts';
import { badRequest, RequestError } from '../../errors';
import { table, type PriceRow, type Scope } from '../../store';
import type { Catalogue } from '../catalogue';

const refused = (code: ErrorCode, message: string) => badRequest(message, { code, field: 'price' });

const isSoldIn = (price: PriceRow, scope: Scope): boolean =>
  price.stripeId === null || (price.livemode === scope.livemode && price.account === scope.account);

/**
 * A price that can be bought now.
 *
 * @param documentId as the front end got it from `GET tiers`
 * @throws RequestError 400 `price-unknown|price-inactive|price-mode|tier-archived|tier-free`
 */
export const findPrice = async (
  strapi: Core.Strapi,
  documentId: string,
  scope: Scope
): Promise<PriceRow> => {
  const price = await table(strapi, 'price').findOne({ where: { documentId }, populate: ['tier'] });
  if (!price?.tier) throw refused('price-unknown', 'There is no such price');
  if (price.tier.archivedAt) throw refused('tier-archived', 'This tier is no longer sold');
  if (price.tier.kind === 'free') throw refused('tier-free', 'This tier is free');
  if (!price.active) throw refused('price-inactive', 'This price is no longer sold');
  if (!isSoldIn(price, scope)) {
    throw refused('price-mode', 'This price belongs to another Stripe account or mode');
  }
  return price;
};

/**
 * The Stripe id of a price; a price made a moment ago is pushed first.
 *
 * @throws RequestError 503 `price-not-synced` when Stripe would not take it
 */
export const stripePriceOf = async (price: PriceRow, catalogue: Catalogue): Promise<string> => {
  const id = price.stripeId ?? (await catalogue.push(price.documentId));
  if (id) return id;
  throw new RequestError(503, 'This price is not in Stripe yet; try again in a moment', {
    code: 'price-not-synced',
    field: 'price',
  });
};
