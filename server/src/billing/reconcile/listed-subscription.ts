import type Stripe from 'stripe';
import type { SubscriptionFacts } from '../../domain/facts';
import { countsAsRevenue } from '../../domain/mrr';
import { toMsOrNull, type SubscriptionRow } from '../../store';
import { idOf, legacy } from '../readers/common';
import { readSubscription, type TiersByPrice } from '../readers/subscription';
import type { Lookups } from './lookups';

/** Four levels at most, `data` among them: of what is deeper the walk asks once for all that have it. */
export const SUBSCRIPTION_EXPAND = [
  'data.customer',
  'data.default_payment_method',
  'data.discounts',
  'data.schedule',
];

/** Discounts with their coupons; null: Stripe has one of the coupons no more. */
const withCoupons = async (
  discounts: readonly Stripe.Discount[],
  lookups: Lookups
): Promise<Stripe.Discount[] | null> => {
  const found: Stripe.Discount[] = [];
  for (const discount of discounts) {
    const id = idOf(discount.source?.coupon);
    const coupon = id === null ? null : await lookups.coupon(id);
    if (id !== null && coupon === null) return null;
    found.push(coupon ? { ...discount, source: { ...discount.source, coupon } } : discount);
  }
  return found;
};

/** Prices in a currency that is not their own say what they cost in it when they are asked. */
const withOptions = async (
  { items, currency }: Stripe.Subscription,
  lookups: Lookups
): Promise<Stripe.Subscription['items']> => {
  const data: Stripe.SubscriptionItem[] = [];
  for (const item of items?.data ?? []) {
    const foreign = Boolean(currency) && item.price?.currency !== currency;
    const price = foreign ? await lookups.price(item.price.id) : null;
    data.push(price ? { ...item, price } : item);
  }
  return { ...items, data };
};

const isDiscount = (one: string | Stripe.Discount): one is Stripe.Discount =>
  typeof one === 'object';

/** The revenue of each item as it is here, where a list cannot tell it. */
const withKnownRevenue = (facts: SubscriptionFacts, row: SubscriptionRow): SubscriptionFacts => ({
  ...facts,
  items: facts.items.map((item) => ({
    ...item,
    mrr: row.items?.find(({ stripeId }) => stripeId === item.stripeId)?.mrr ?? item.mrr,
  })),
});

/**
 * A subscription of one of Stripe's lists, as the facts that a sync would write. What is told by its
 * invoices alone is taken from the row; they are compared in a phase of their own.
 *
 * @param subscription listed with `SUBSCRIPTION_EXPAND`
 */
export const readListed = async (
  subscription: Stripe.Subscription,
  row: SubscriptionRow,
  tiers: TiersByPrice,
  lookups: Lookups
): Promise<SubscriptionFacts> => {
  const own = (subscription.discounts ?? []).filter(isDiscount);
  const { customer } = subscription;
  const theirs = typeof customer === 'object' && !customer.deleted ? customer.discount : null;
  const counts = countsAsRevenue(subscription.status) && !legacy(subscription, 'discount');
  const wanted = own.length > 0 ? own : theirs ? [theirs] : [];
  const discounts = counts ? await withCoupons(wanted, lookups) : [];
  const complete = {
    ...subscription,
    items: await withOptions(subscription, lookups),
    // The customer's count where there are no others: the same to whoever reads them.
    ...(discounts && counts && { discounts }),
  };
  const facts = readSubscription(complete, tiers, toMsOrNull(row.pastDueSince), row.paid === true);
  return discounts === null ? withKnownRevenue(facts, row) : facts;
};
