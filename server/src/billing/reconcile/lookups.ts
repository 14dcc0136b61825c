import type Stripe from 'stripe';
import { fetchRawCoupon } from '../promotions/fetch';
import type { StripeAccess } from '../client';
import { unlessMissing } from '../stripe-errors';

/** So many of each are remembered; whatever else is asked for costs a request again. */
const KEPT = 2_000;

/** What many objects of a walk refer to, and Stripe's lists do not expand far enough: asked for once. */
export interface Lookups {
  /** With `applies_to` and `currency_options`; null: it was deleted. */
  coupon(id: string): Promise<Stripe.Coupon | null>;
  /** A coupon that a list has brought already. */
  noteCoupon(coupon: Stripe.Coupon): void;
  /** With `currency_options`; null: Stripe has none such. */
  price(id: string): Promise<Stripe.Price | null>;
}

const remember = <Found>(fetch: (id: string) => Promise<Found>) => {
  const known = new Map<string, Found>();
  const note = (id: string, found: Found): void => {
    const [oldest] = known.keys();
    if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
    known.set(id, found);
  };
  const find = async (id: string): Promise<Found> => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = await fetch(id);
    note(id, found);
    return found;
  };
  return { note, find };
};

/** @param stripe whose pace the requests keep */
export const createLookups = (stripe: StripeAccess): Lookups => {
  const coupons = remember((id) => fetchRawCoupon(stripe.client(), id));
  const prices = remember((id) =>
    unlessMissing(stripe.client().prices.retrieve(id, { expand: ['currency_options'] }))
  );
  return {
    coupon: (id) => coupons.find(id),
    noteCoupon: (coupon) => coupons.note(coupon.id, coupon),
    price: (id) => prices.find(id),
  };
};
