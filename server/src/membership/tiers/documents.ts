import type { Core } from '@strapi/strapi';
import { UID } from '../../constants';
import { INTERVALS } from '../../domain/terms';
import { table } from '../../store';
import { property } from '../../strapi-services';
import {
  assertPriceUnused,
  changesTerms,
  findPrice,
  replacePrice,
  type PriceChange,
} from './prices';
import { assertTierUnused } from './write';

const whole = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** What a site's code wrote of a price; what is none of these is left to Strapi to refuse. */
const readChange = (data: unknown): PriceChange => {
  const [interval, active] = [property(data, 'interval'), property(data, 'active')];
  const known = interval === null ? null : INTERVALS.find((one) => one === interval);
  const change = {
    amount: whole(property(data, 'amount')),
    currency: text(property(data, 'currency')),
    interval: known,
    intervalCount: whole(property(data, 'intervalCount')),
    trialDays: whole(property(data, 'trialDays')),
    nickname: text(property(data, 'nickname')),
    active: typeof active === 'boolean' ? active : undefined,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
};

/**
 * Holds site code that writes tiers and prices with the Document Service to the rules of the admin's
 * routes: other terms make another price, whose document is answered, and what was sold is never
 * deleted.
 */
export const guardCatalogue = (strapi: Core.Strapi): void => {
  strapi.documents.use(async (context, next) => {
    const { uid, action, params } = context;
    const documentId = text(property(params, 'documentId')) ?? '';
    if (uid === UID.tier && action === 'delete') {
      const tier = await table(strapi, 'tier').findOne({ where: { documentId } });
      if (tier) await assertTierUnused(strapi, tier);
    }
    if (uid !== UID.price || (action !== 'delete' && action !== 'update')) return next();
    const row = await table(strapi, 'price').findOne({ where: { documentId } });
    if (!row) return next();
    if (action === 'delete') {
      assertPriceUnused(row);
      return next();
    }
    const change = readChange(property(params, 'data'));
    if (!changesTerms(row, change)) return next();
    const replaced = await replacePrice(strapi, await findPrice(strapi, documentId), change);
    // The rest of what was written, and what is answered, are the new one's.
    Object.assign(params, { documentId: replaced });
    return next();
  });
};
