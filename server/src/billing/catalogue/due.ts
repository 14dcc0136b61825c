import { createHash } from 'node:crypto';
import { isMirroredIn, type PriceRow, type Scope, type TierRow } from '../../store';

/** Stripe's own words, so that the hash changes whenever what Stripe should know does. */
export const productOf = (tier: TierRow) => ({
  name: tier.name,
  active: tier.archivedAt === null,
  description: tier.description ?? '',
  metadata: { tier: tier.documentId, slug: tier.slug },
});

/** Nobody new can buy a price of an archived tier, in Stripe either. */
export const isOnSale = ({ active, tier }: Pick<PriceRow, 'active' | 'tier'>): boolean =>
  active && tier?.archivedAt === null;

/** What Stripe is told of a price after it was made; its terms never change. */
export type PriceStatus = Pick<PriceRow, 'active' | 'nickname' | 'tier'>;

export const statusOf = (price: PriceStatus) => ({
  active: isOnSale(price),
  nickname: price.nickname ?? '',
});

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** Of what Stripe is told of a row in one account and mode; kept as `syncedHash` once it was told. */
export const tierHash = (tier: TierRow, scope: Scope): string =>
  hashOf([scope.account, scope.livemode, productOf(tier)]);
export const priceHash = (price: PriceStatus, scope: Scope): string =>
  hashOf([scope.account, scope.livemode, statusOf(price)]);

/** Whether Stripe was told the present state, in this account and mode. */
export const isTierDue = (tier: TierRow, scope: Scope): boolean =>
  tier.kind === 'paid' && tier.syncedHash !== tierHash(tier, scope);

/**
 * A price of another account or mode stays there: it is sold here under a price of its own. One that
 * was taken off sale before Stripe knew it need never be made.
 */
export const isPriceDue = (price: PriceRow, scope: Scope): boolean =>
  price.tier?.kind === 'paid' &&
  (price.stripeId === null ? isOnSale(price) : isMirroredIn(price, scope)) &&
  price.syncedHash !== priceHash(price, scope);
