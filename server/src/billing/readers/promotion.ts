import type Stripe from 'stripe';
import type { CouponFacts, PromotionCodeFacts } from '../../domain/promotion';
import {
  idOf,
  instant,
  legacy,
  listOf,
  numberOr,
  numberOrNull,
  stringOr,
  stringOrNull,
} from './common';

/** One number out of each of Stripe's `currency_options`, by currency. */
const byCurrency = (options: unknown, key: string): [string, number][] =>
  Object.entries(typeof options === 'object' && options !== null ? options : {}).flatMap(
    ([currency, option]): [string, number][] => {
      const value = numberOrNull(legacy(option, key));
      return value === null ? [] : [[currency, value]];
    }
  );

const ownAmount = (currency: string | null, amount: number | null): [string, number][] =>
  currency === null || amount === null ? [] : [[currency, amount]];

/** A coupon as Stripe sends it now, with `applies_to` and `currency_options` expanded, as facts. */
export const readCoupon = (coupon: Stripe.Coupon): CouponFacts => {
  const amountOff = numberOrNull(coupon.amount_off);
  const currency = stringOrNull(coupon.currency);
  return {
    stripeId: idOf(coupon) ?? '',
    name: stringOrNull(coupon.name),
    percentOff: numberOrNull(coupon.percent_off),
    amountOff,
    currency,
    amounts: Object.fromEntries([
      ...byCurrency(coupon.currency_options, 'amount_off'),
      ...ownAmount(currency, amountOff),
    ]),
    // Of one that does not say, nothing can be counted on.
    duration: stringOr(coupon.duration, 'once'),
    durationInMonths: numberOrNull(coupon.duration_in_months),
    maxRedemptions: numberOrNull(coupon.max_redemptions),
    timesRedeemed: numberOr(coupon.times_redeemed, 0),
    redeemBy: instant(coupon.redeem_by),
    valid: coupon.valid === true,
    products: listOf(coupon.applies_to?.products).flatMap((one) => idOf(one) ?? []),
  };
};

/** Stripe's id of a code's coupon: under `promotion` since clover, on the code itself before. */
export const couponOf = (code: Stripe.PromotionCode): string | null =>
  idOf(code.promotion?.coupon) ?? idOf(legacy(code, 'coupon'));

/**
 * A promotion code as Stripe sends it now, as facts.
 *
 * @param coupon its coupon as facts; null when that was deleted
 */
export const readPromotionCode = (
  code: Stripe.PromotionCode,
  coupon: CouponFacts | null
): PromotionCodeFacts => {
  const { restrictions } = code;
  const minimumAmount = numberOrNull(restrictions?.minimum_amount);
  const minimumAmountCurrency = stringOrNull(restrictions?.minimum_amount_currency);
  return {
    stripeId: idOf(code) ?? '',
    code: stringOr(code.code, ''),
    coupon,
    customer: idOf(code.customer),
    active: code.active === true,
    expiresAt: instant(code.expires_at),
    maxRedemptions: numberOrNull(code.max_redemptions),
    timesRedeemed: numberOr(code.times_redeemed, 0),
    firstTimeTransaction: restrictions?.first_time_transaction === true,
    minimumAmount,
    minimumAmountCurrency,
    minimums: Object.fromEntries([
      ...byCurrency(restrictions?.currency_options, 'minimum_amount'),
      ...ownAmount(minimumAmountCurrency, minimumAmount),
    ]),
  };
};
