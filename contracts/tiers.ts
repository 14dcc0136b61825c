import type { Interval, IsoDate, MinorUnits, One, TierKind, TierRef } from './common';

export interface TierTranslation {
  name?: string;
  description?: string;
  benefits?: string[];
}

/** Whether Stripe knows the present state of a tier or price. */
export type SyncState = 'synced' | 'pending' | 'failed' | 'not-configured' | 'not-needed';

export interface SyncInfo {
  state: SyncState;
  /** Stripe's id in the current account and mode (`prod_…`, `price_…`). */
  stripeId: string | null;
  livemode: boolean | null;
  syncedAt: IsoDate | null;
  /** What Stripe answered when `state` is `failed`. */
  error: string | null;
}

/** `GET /api/memberships/tiers`: a price a reader can buy. */
export interface PublicPrice {
  documentId: string;
  amount: MinorUnits;
  /** ISO 4217, lower case as in Stripe. */
  currency: string;
  /** Digits after the decimal point of `amount` in this currency: 0, 2 or 3. */
  exponent: number;
  /** null: paid once. */
  interval: Interval | null;
  intervalCount: number;
  trialDays: number;
}

/** `GET /api/memberships/tiers?locale=fr`: active tiers, in order. */
export interface PublicTier extends TierRef {
  description: string | null;
  benefits: string[];
  kind: TierKind;
  rank: number;
  includes: TierRef[];
  prices: PublicPrice[];
}

export interface PublicTiersResponse {
  data: PublicTier[];
}

/** Admin: a price with its sync state. */
export interface AdminPrice extends PublicPrice {
  active: boolean;
  nickname: string | null;
  sync: SyncInfo;
}

/** Admin: `GET /memberships/tiers` (also archived ones), in order. */
export interface AdminTier extends TierRef {
  description: string | null;
  benefits: string[];
  translations: Record<string, TierTranslation>;
  kind: TierKind;
  rank: number;
  includes: TierRef[];
  archivedAt: IsoDate | null;
  /** Members who hold the tier now. */
  members: number;
  prices: AdminPrice[];
  sync: SyncInfo;
}

export interface AdminTiersResponse {
  data: AdminTier[];
}
export type AdminTierResponse = One<AdminTier>;

/** `POST /memberships/tiers`, `PUT /memberships/tiers/:documentId` (then every key is optional). */
export interface TierInput {
  name: string;
  /** Lower-case letters, digits and hyphens; made from the name when absent. */
  slug?: string;
  description?: string | null;
  benefits?: string[];
  translations?: Record<string, TierTranslation>;
  /** Cannot change once the tier has prices or grants. */
  kind?: TierKind;
  /** documentIds. */
  includes?: string[];
}

/** `POST /memberships/tiers/:documentId/prices`. */
export interface PriceInput {
  amount: MinorUnits;
  currency: string;
  /** null or absent: paid once. */
  interval?: Interval | null;
  intervalCount?: number;
  trialDays?: number;
  /** For the owner's eyes, here and in Stripe's dashboard. */
  nickname?: string | null;
}

/**
 * `PUT /memberships/prices/:documentId`. Another amount, currency or period makes another price with a
 * documentId of its own: this one is taken off sale, and its members keep it.
 */
export interface PriceUpdate extends Partial<PriceInput> {
  active?: boolean;
}

/** `PUT /memberships/tiers/order`: every tier's documentId, in the new order. */
export interface TierOrderInput {
  documentIds: string[];
}
