import type { Core } from '@strapi/strapi';
import type { AdminTier } from '../../../../contracts';
import { now } from '../../config';
import { notFound } from '../../errors';
import { countHolders, table, type PriceRow, type TierRow } from '../../store';
import { tierRef } from '../present';
import { byPrice, byRank, presentPrice } from './public';
import { syncInfo, type SyncView } from './sync-state';

/** A price that was taken off sale before Stripe knew it need never be there. */
const isNeeded = (tier: TierRow, price: PriceRow): boolean =>
  tier.kind === 'paid' && (price.active || price.stripeId !== null);

const present = (
  tier: TierRow,
  prices: PriceRow[],
  members: number,
  view: SyncView
): AdminTier => ({
  ...tierRef(tier),
  description: tier.description,
  benefits: tier.benefits ?? [],
  translations: tier.translations ?? {},
  kind: tier.kind,
  rank: tier.rank ?? 0,
  includes: (tier.includes ?? []).map(tierRef),
  archivedAt: tier.archivedAt,
  members,
  prices: [...prices].sort(byPrice).map((price) => ({
    ...presentPrice(price),
    active: price.active,
    nickname: price.nickname,
    sync: syncInfo(price, view, isNeeded(tier, price), view.isPriceDue(price)),
  })),
  sync: syncInfo(tier, view, tier.kind === 'paid', view.isTierDue(tier)),
});

/** Every tier in order, archived ones too, with prices, holders and their state in Stripe. */
export const findAdminTiers = async (strapi: Core.Strapi, view: SyncView): Promise<AdminTier[]> => {
  const tiers = await table(strapi, 'tier').findMany({ populate: ['includes'] });
  const prices = await table(strapi, 'price').findMany({ populate: ['tier'] });
  const holders = await countHolders(strapi, now(strapi));
  return [...tiers].sort(byRank).map((tier) =>
    present(
      tier,
      prices.filter((price) => price.tier?.id === tier.id),
      holders.get(tier.id) ?? 0,
      view
    )
  );
};

/** @throws RequestError 404 */
export const findAdminTier = async (
  strapi: Core.Strapi,
  documentId: string,
  view: SyncView
): Promise<AdminTier> => {
  const tier = (await findAdminTiers(strapi, view)).find((one) => one.documentId === documentId);
  if (!tier) throw notFound('There is no such tier', { field: 'documentId' });
  return tier;
};
