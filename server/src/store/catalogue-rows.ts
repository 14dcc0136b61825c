import type { Interval, IsoDate, TierKind, TierTranslation } from '../../../contracts';
import type { BaseRow, BigIntColumn, Mirrored } from './base-rows';

/** A row that is pushed to Stripe's catalogue. */
export interface Pushed extends Mirrored {
  /** Hash of what Stripe was last told; differs from the present one when a push is due. */
  syncedHash: string | null;
  syncedAt: IsoDate | null;
  syncError: string | null;
}

export interface TierRow extends BaseRow, Pushed {
  name: string;
  slug: string;
  description: string | null;
  benefits: string[] | null;
  translations: Record<string, TierTranslation> | null;
  kind: TierKind;
  rank: number;
  archivedAt: IsoDate | null;
  includes?: TierRow[];
}

export interface PriceRow extends BaseRow, Pushed {
  tier?: TierRow | null;
  /** Minor units. */
  amount: BigIntColumn;
  currency: string;
  interval: Interval | null;
  intervalCount: number;
  trialDays: number;
  active: boolean;
  /** For the owner's eyes, here and in Stripe's dashboard. */
  nickname: string | null;
  /** As Stripe holds it. */
  metadata: Record<string, string> | null;
}

/** A Stripe coupon, or a promotion code together with the coupon it stands for. */
export interface OfferRow extends BaseRow, Mirrored {
  name: string | null;
  /** What a buyer types; null for a coupon's own row. */
  code: string | null;
  /** Stripe's id of the coupon. */
  coupon: string | null;
  percentOff: number | null;
  /** Minor units. */
  amountOff: BigIntColumn | null;
  currency: string | null;
  duration: string;
  durationInMonths: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  expiresAt: IsoDate | null;
  active: boolean;
  /** Stripe's products; null: all. */
  appliesTo: string[] | null;
  /** Stripe's id of the one customer it is for. */
  customer: string | null;
  restrictions: {
    firstTimeTransaction: boolean;
    minimumAmount: number | null;
    minimumAmountCurrency: string | null;
    /** Minor units, by currency. */
    minimums: Record<string, number>;
  } | null;
}
