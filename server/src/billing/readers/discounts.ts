import type Stripe from 'stripe';
import type { Discount } from '../../domain/mrr';
import { legacy, listOf, numberOrNull, stringOrNull } from './common';

/** What a coupon takes off in a currency: its own, or another it has an amount for. */
const amountOff = (coupon: unknown, currency: string | null): number | null => {
  const own = legacy(coupon, 'currency') ?? currency;
  return numberOrNull(
    currency === null || own === currency
      ? legacy(coupon, 'amount_off')
      : legacy(coupon, 'currency_options', currency, 'amount_off')
  );
};

const productsOf = (coupon: unknown): string[] | null => {
  const products = legacy(coupon, 'applies_to', 'products');
  if (!Array.isArray(products)) return null;
  const ids = products.filter((id): id is string => typeof id === 'string');
  return ids.length > 0 ? ids : null;
};

/** A coupon sits at `discount.source.coupon`, before clover at `discount.coupon`. */
const readDiscount = (discount: unknown, currency: string | null): Discount[] => {
  const coupon = legacy(discount, 'source', 'coupon') ?? legacy(discount, 'coupon');
  const duration = stringOrNull(legacy(coupon, 'duration'));
  if (duration === null) return [];
  return [
    {
      duration,
      percentOff: numberOrNull(legacy(coupon, 'percent_off')),
      amountOff: amountOff(coupon, currency),
      products: productsOf(coupon),
    },
  ];
};

/**
 * A subscription's own discounts. Before basil its only one also stood in `discount`, whole: that
 * counts where the list has ids, and not a second time where it has the same thing.
 */
const ownDiscounts = (subscription: Stripe.Subscription): unknown[] => {
  const listed = listOf(subscription.discounts);
  const whole = listed.filter((each) => typeof each === 'object' && each !== null);
  const old = legacy(subscription, 'discount');
  if (whole.length > 0) return whole;
  return old ? [old] : listed;
};

/**
 * The discounts of a subscription's invoices: its own, or else its customer's
 * (docs.stripe.com/billing/subscriptions/coupons). The customer's comes with it when expanded.
 */
export const readDiscounts = (subscription: Stripe.Subscription): Discount[] => {
  const currency = stringOrNull(subscription.currency);
  const own = ownDiscounts(subscription);
  const counted = own.length > 0 ? own : [legacy(subscription.customer, 'discount')];
  return counted.flatMap((discount) => readDiscount(discount, currency));
};
