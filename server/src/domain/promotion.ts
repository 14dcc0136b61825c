import type { PromotionRefusal } from '../../../contracts';
import type { Instant } from './facts';

/** A Stripe coupon as it is now. Amounts in minor units. */
export interface CouponFacts {
  stripeId: string;
  name: string | null;
  percentOff: number | null;
  amountOff: number | null;
  currency: string | null;
  /** What it takes off in each currency it knows, its own among them; empty for one by percent. */
  amounts: Readonly<Record<string, number>>;
  duration: string;
  durationInMonths: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  redeemBy: Instant | null;
  /** Whether Stripe says that it can be redeemed at all. */
  valid: boolean;
  /** Stripe's ids of the products it is for; empty: for all. */
  products: readonly string[];
}

/** A Stripe promotion code as it is now. */
export interface PromotionCodeFacts {
  stripeId: string;
  code: string;
  /** null: the coupon was deleted. */
  coupon: CouponFacts | null;
  /** Stripe's id of the one customer who may use it. */
  customer: string | null;
  active: boolean;
  expiresAt: Instant | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  firstTimeTransaction: boolean;
  minimumAmount: number | null;
  minimumAmountCurrency: string | null;
  /** The least to be bought with it, by currency, minor units. */
  minimums: Readonly<Record<string, number>>;
}

/** What somebody wants to buy with a code. */
export interface Purchase {
  /** Stripe's id of what is sold. */
  product: string;
  currency: string;
  /** Minor units. */
  amount: number;
  /** Stripe's id of who buys; null: nobody Stripe knows yet. */
  customer: string | null;
}

type Limited = Pick<CouponFacts, 'maxRedemptions' | 'timesRedeemed'>;

const isUsedUp = ({ maxRedemptions, timesRedeemed }: Limited): boolean =>
  maxRedemptions !== null && timesRedeemed >= maxRedemptions;

const isPast = (end: Instant | null, now: Instant): boolean => end !== null && end <= now;

/** An amount can only be taken off in a currency the coupon knows. */
const appliesTo = (coupon: CouponFacts, { product, currency }: Purchase): boolean =>
  (coupon.products.length === 0 || coupon.products.includes(product)) &&
  (coupon.amountOff === null || coupon.amounts[currency] !== undefined);

/**
 * Why a code cannot be redeemed for a purchase, by what the code and its coupon say
 * (docs.stripe.com/billing/subscriptions/coupons). Stripe also calls a code inactive that has expired or
 * is used up, so those come first. Whether the buyer bought before is the caller's to find out.
 *
 * @param now milliseconds
 * @returns null when nothing speaks against it
 */
export const refusalOf = (
  code: PromotionCodeFacts,
  purchase: Purchase,
  now: Instant
): PromotionRefusal | null => {
  const { coupon } = code;
  if (isPast(code.expiresAt, now) || isPast(coupon?.redeemBy ?? null, now)) {
    return 'promotion-code-expired';
  }
  if (isUsedUp(code) || (coupon && isUsedUp(coupon))) return 'promotion-code-used-up';
  if (!code.active || !coupon?.valid) return 'promotion-code-inactive';
  if (code.customer !== null && code.customer !== purchase.customer) {
    return 'promotion-code-not-for-you';
  }
  const least = code.minimums[purchase.currency] ?? 0;
  if (!appliesTo(coupon, purchase) || purchase.amount < least) {
    return 'promotion-code-not-for-price';
  }
  return null;
};
