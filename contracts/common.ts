/** An amount of money in the currency's minor units (cents, yen, fils), as Stripe counts it. */
export type MinorUnits = number;

/** A point in time as ISO 8601 in UTC, e.g. `2026-11-21T00:00:00.000Z`. */
export type IsoDate = string;

/** A tier as other answers refer to it. */
export interface TierRef {
  documentId: string;
  name: string;
  slug: string;
}

export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  total: number;
}

export interface Paged<T> {
  data: T[];
  meta: { pagination: Pagination };
}

export interface One<T> {
  data: T;
}

export type Interval = 'day' | 'week' | 'month' | 'year';

export type TierKind = 'free' | 'paid';

export type GrantSource =
  'subscription' | 'purchase' | 'complimentary' | 'gift' | 'team' | 'import' | 'registration';

export const GRANT_SOURCES: readonly GrantSource[] = [
  'subscription',
  'purchase',
  'complimentary',
  'gift',
  'team',
  'import',
  'registration',
];

/** Why a promotion code is not taken; `details.field` is then `promotionCode`. */
export type PromotionRefusal =
  | 'promotion-code-unknown'
  | 'promotion-code-expired'
  | 'promotion-code-used-up'
  | 'promotion-code-inactive'
  | 'promotion-code-not-for-price'
  | 'promotion-code-not-for-you'
  | 'promotion-code-refused';

/** `details.code` of an error, for front ends to act on. */
export type ErrorCode =
  | PromotionRefusal
  | 'subscription-exists'
  | 'price-unknown'
  | 'price-inactive'
  | 'price-mode'
  | 'price-not-synced'
  | 'price-in-use'
  | 'tier-archived'
  | 'tier-free'
  | 'tier-in-use'
  | 'origin-not-allowed'
  | 'user-deleted'
  | 'member-suspended'
  | 'no-customer'
  | 'session-unknown'
  | 'claim-invalid'
  | 'stripe-not-configured'
  | 'stripe-unavailable'
  | 'stripe-refused'
  | 'signature-invalid'
  | 'payload-invalid'
  | 'payload-too-large'
  | 'rate-limited'
  | 'busy'
  | 'site-unconfirmed';
