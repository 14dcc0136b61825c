import type { Core } from '@strapi/strapi';
import type { PriceInput, PriceUpdate } from '../../../../contracts';
import { LONGEST, sameTerms, type Terms } from '../../domain/terms';
import { badRequest, conflict, notFound } from '../../errors';
import { table, termsOf, transaction, type PriceRow, type TierRow } from '../../store';
import { findTier } from './write';

const assertSells = (tier: TierRow): void => {
  if (tier.kind === 'free') {
    throw badRequest('A free tier has no prices', { code: 'tier-free', field: 'tier' });
  }
  if (tier.archivedAt) {
    throw badRequest('This tier is archived', { code: 'tier-archived', field: 'tier' });
  }
};

/** @throws RequestError 404, 400 for a free or archived tier */
export const addPrice = async (
  strapi: Core.Strapi,
  tierDocumentId: string,
  input: PriceInput
): Promise<void> => {
  const tier = await findTier(strapi, tierDocumentId);
  assertSells(tier);
  const interval = input.interval ?? null;
  await table(strapi, 'price').create({
    data: {
      tier: tier.id,
      amount: String(input.amount),
      currency: input.currency,
      interval,
      intervalCount: interval === null ? 1 : (input.intervalCount ?? 1),
      trialDays: interval === null ? 0 : (input.trialDays ?? 0),
      nickname: input.nickname ?? null,
      active: true,
    },
  });
};

/** What a price becomes by a change of some of its values. */
export type PriceChange = Partial<Omit<Terms, 'amount'>> &
  Pick<PriceUpdate, 'active' | 'trialDays' | 'nickname'> & { amount?: number | string };

/** @throws RequestError 400 for a period that Stripe does not know */
const changedTerms = (price: PriceRow, change: PriceChange): Terms => {
  const { interval, ...rest } = { ...termsOf(price), ...change };
  const intervalCount = interval === null ? 1 : rest.intervalCount;
  if (interval !== null && intervalCount > LONGEST[interval]) {
    throw badRequest('intervalCount must be at most three years in all', {
      field: 'intervalCount',
    });
  }
  return { amount: Number(rest.amount), currency: rest.currency, interval, intervalCount };
};

/** Whether a change makes another price of it. */
export const changesTerms = (price: PriceRow, change: PriceChange): boolean =>
  !sameTerms(termsOf(price), changedTerms(price, change));

/**
 * A price of other terms is another price: this one is taken off sale and stays what its members pay,
 * and a new one, with a documentId of its own, is sold from now on.
 *
 * @returns documentId of the new one
 * @throws RequestError 409 `price-inactive` when it is not on sale (any more), 400 for the tier
 */
export const replacePrice = (
  strapi: Core.Strapi,
  price: PriceRow & { tier: TierRow },
  change: PriceChange
): Promise<string> =>
  transaction(strapi, async () => {
    assertSells(price.tier);
    const terms = changedTerms(price, change);
    // Of two changes at once one makes the new price; the other is told.
    const { count } = await table(strapi, 'price').updateMany({
      where: { id: price.id, active: true },
      data: { active: false },
    });
    if (count !== 1) {
      throw conflict('This price is no longer sold: add another instead', {
        code: 'price-inactive',
        field: 'price',
      });
    }
    const { documentId } = await table(strapi, 'price').create({
      data: {
        tier: price.tier.id,
        ...terms,
        amount: String(terms.amount),
        trialDays: terms.interval === null ? 0 : (change.trialDays ?? price.trialDays),
        nickname: change.nickname ?? price.nickname,
        active: change.active ?? true,
      },
    });
    return documentId;
  });

const isWithTier = (price: PriceRow | null): price is PriceRow & { tier: TierRow } =>
  Boolean(price?.tier);

/** @throws RequestError 404 */
export const findPrice = async (
  strapi: Core.Strapi,
  documentId: string
): Promise<PriceRow & { tier: TierRow }> => {
  const price = await table(strapi, 'price').findOne({ where: { documentId }, populate: ['tier'] });
  if (!isWithTier(price)) throw notFound('There is no such price', { field: 'documentId' });
  return price;
};

/**
 * Takes a price off sale or puts it back, or replaces it by one of other terms; who pays it goes on
 * paying it.
 *
 * @returns documentId of its tier
 * @throws RequestError 404, and what `replacePrice` throws
 */
export const changePrice = async (
  strapi: Core.Strapi,
  documentId: string,
  change: PriceUpdate
): Promise<string> => {
  const price = await findPrice(strapi, documentId);
  if (changesTerms(price, change)) {
    await replacePrice(strapi, price, change);
  } else {
    const { active, nickname } = change;
    const trialDays = price.interval === null ? undefined : change.trialDays;
    await table(strapi, 'price').update({
      where: { id: price.id },
      data: { active, nickname, trialDays },
    });
  }
  return price.tier.documentId;
};

/**
 * Refuses to lose a price that Stripe knows: somebody may pay it.
 *
 * @throws RequestError 409 `price-in-use`
 */
export const assertPriceUnused = ({ stripeId }: PriceRow): void => {
  if (stripeId === null) return;
  throw conflict('This price was sold: take it off sale instead', { code: 'price-in-use' });
};

/** Forgets what Stripe refused of a tier and its prices, so that the next push tries again. */
export const retrySync = async (strapi: Core.Strapi, documentId: string): Promise<void> => {
  const tier = await findTier(strapi, documentId);
  const data = { syncError: null, syncedHash: null };
  await table(strapi, 'tier').update({ where: { id: tier.id }, data });
  const prices = await table(strapi, 'price').findMany({
    where: { tier: tier.id, syncError: { $notNull: true } },
    select: ['id'],
  });
  for (const { id } of prices) await table(strapi, 'price').update({ where: { id }, data });
};
