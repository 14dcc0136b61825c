import type { Mirrored, Scope, TierRow } from '../../store';

/** Whether a row's ids are those of this account and mode. */
export const isMirroredIn = (row: Mirrored, scope: Scope): boolean =>
  row.stripeId !== null && row.account === scope.account && row.livemode === scope.livemode;

const OWN = 'prod_memberships_';

/** Stripe's id of a tier's product: our own makes creating it twice impossible, for ever. */
export const productIdOf = (tier: TierRow, scope: Scope): string =>
  isMirroredIn(tier, scope) && tier.stripeId !== null ? tier.stripeId : `${OWN}${tier.documentId}`;

/** documentId of the tier that a product of our making belongs to, in any account and mode. */
export const tierOfOwnProduct = (product: string): string | null =>
  product.startsWith(OWN) ? product.slice(OWN.length) : null;
