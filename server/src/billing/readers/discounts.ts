import type Stripe from 'stripe';
import type { Discount } from '../../domain/mrr';
import { legacy, numberOrNull, stringOrNull } from './common';

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
 * The discounts of a subscription's invoices: its own, or else its customer's
 * (docs.stripe.com/billing/subscriptions/coupons). The customer's comes with it when expanded.
 */
export const readDiscounts = (subscription: Stripe.Subscription): Discount[] => {
  const { discounts, customer } = subscription;
  const currency = stringOrNull(subscription.currency);
  const old: unknown = legacy(subscription, 'discount');
  const own = [...(Array.isArray(discounts) ? discounts : []), old].filter(Boolean);
  return (own.length > 0 ? own : [legacy(customer, 'discount')]).flatMap((discount) =>
    readDiscount(discount, currency)
  );
};
