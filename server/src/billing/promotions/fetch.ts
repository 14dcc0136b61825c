import type Stripe from 'stripe';
import type { CouponFacts, PromotionCodeFacts } from '../../domain/promotion';
import { couponOf, readCoupon, readPromotionCode } from '../readers/promotion';
import { unlessMissing } from '../stripe-errors';

/** Stripe tells these two of a coupon only when it is asked for them. */
const EXPAND = ['applies_to', 'currency_options'];

/** As Stripe sends it; null when there is no such coupon (any more). */
export const fetchRawCoupon = (client: Stripe, id: string): Promise<Stripe.Coupon | null> =>
  unlessMissing(client.coupons.retrieve(id, { expand: EXPAND }));

/** @returns null when there is no such coupon (any more) */
export const fetchCoupon = async (client: Stripe, id: string): Promise<CouponFacts | null> => {
  const coupon = await fetchRawCoupon(client, id);
  return coupon && readCoupon(coupon);
};

/**
 * A code together with its coupon. Two requests: expanding a coupon that was deleted is refused.
 */
export const withCoupon = async (
  client: Stripe,
  code: Stripe.PromotionCode
): Promise<PromotionCodeFacts> => {
  const coupon = couponOf(code);
  return readPromotionCode(code, coupon === null ? null : await fetchCoupon(client, coupon));
};
