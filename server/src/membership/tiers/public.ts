import type { Core } from '@strapi/strapi';
import type { PublicPrice, PublicTier } from '../../../../contracts';
import { getConfig } from '../../config';
import { exponentOf } from '../../domain/money';
import { homeAccount, table, type PriceRow, type TierRow } from '../../store';
import { tierRef } from '../present';

/** A price as it leaves the server; `amount` in minor units. */
export const presentPrice = (row: PriceRow): PublicPrice => ({
  documentId: row.documentId,
  amount: Number(row.amount),
  currency: row.currency,
  exponent: exponentOf(row.currency),
  interval: row.interval,
  intervalCount: row.intervalCount,
  trialDays: row.trialDays,
});

/** Sold under a Stripe price of this mode and account, or not in Stripe yet. */
const isSoldHere = (row: PriceRow, livemode: boolean, account: string | null): boolean =>
  row.stripeId === null ||
  (row.livemode === livemode && (account === null || row.account === account));

const inLocale = (tier: TierRow, locale: string | undefined) => {
  const { translations } = tier;
  // Own keys only: `constructor` is a property of every object, and no language.
  const isTranslated = locale !== undefined && translations && Object.hasOwn(translations, locale);
  const translation = isTranslated ? translations[locale] : undefined;
  return {
    name: translation?.name || tier.name,
    description: translation?.description || tier.description,
    benefits: translation?.benefits?.length ? translation.benefits : (tier.benefits ?? []),
  };
};

/** The order of a price list: by currency, then how often it is paid, then how much. */
const INTERVALS = ['day', 'week', 'month', 'year', null];

export const byPrice = (a: PriceRow, b: PriceRow): number =>
  a.currency.localeCompare(b.currency) ||
  INTERVALS.indexOf(a.interval) - INTERVALS.indexOf(b.interval) ||
  a.intervalCount - b.intervalCount ||
  Number(a.amount) - Number(b.amount);

export const byRank = (a: TierRow, b: TierRow): number =>
  (a.rank ?? 0) - (b.rank ?? 0) || a.id - b.id;

/**
 * What is on offer: active tiers in order with their active prices, in the reader's language where
 * it was translated.
 */
export const findPublicTiers = async (
  strapi: Core.Strapi,
  locale: string | undefined
): Promise<PublicTier[]> => {
  const { livemode } = getConfig(strapi).stripe;
  const account = await homeAccount(strapi);
  const tiers = await table(strapi, 'tier').findMany({
    where: { archivedAt: null },
    populate: ['includes'],
  });
  const prices = await table(strapi, 'price').findMany({
    where: { active: true },
    populate: ['tier'],
  });
  const localized = (tier: TierRow) => ({ ...tierRef(tier), name: inLocale(tier, locale).name });
  return [...tiers].sort(byRank).map((tier) => ({
    ...tierRef(tier),
    ...inLocale(tier, locale),
    kind: tier.kind,
    rank: tier.rank ?? 0,
    includes: (tier.includes ?? []).filter((one) => one.archivedAt === null).map(localized),
    prices: prices
      .filter((price) => price.tier?.id === tier.id && isSoldHere(price, livemode, account))
      .sort(byPrice)
      .map(presentPrice),
  }));
};
