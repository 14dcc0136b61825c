import type Stripe from 'stripe';
import type { ItemFacts } from '../../domain/facts';
import { itemMrr, type RecurringItem } from '../../domain/mrr';
import { idOf, instant, legacy, numberOr, numberOrNull, stringOrNull } from './common';
import { readDiscounts } from './discounts';

/** documentId of the tier sold under a Stripe price id. */
export type TiersByPrice = ReadonlyMap<string, string>;

/** A decimal is an object of the library's from the API and a string inside events, as in JSON. */
const decimal = (value: unknown): number | null => {
  const written: unknown = JSON.parse(JSON.stringify(value ?? null));
  return typeof written === 'string' ? Number(written) : null;
};

/** `plan` is what `price` was called before; one of the two is always there. */
const priceOf = (item: Stripe.SubscriptionItem): unknown => item.price ?? legacy(item, 'plan');

/**
 * Where a price says what it costs in a currency: in its `currency_options` when that is not its own,
 * which come when they are expanded.
 */
const costOf = (price: unknown, currency: string | null): unknown => {
  const own = legacy(price, 'currency') ?? currency;
  return currency === null || own === currency
    ? price
    : legacy(price, 'currency_options', currency);
};

/** Minor units of one; null where Stripe counts by tiers, or in parts of a minor unit. */
const unitAmount = (cost: unknown): number | null =>
  numberOrNull(legacy(cost, 'unit_amount') ?? legacy(cost, 'amount'));

/** As `unitAmount`, parts of a minor unit included. */
const exactAmount = (cost: unknown): number | null =>
  unitAmount(cost) ??
  decimal(legacy(cost, 'unit_amount_decimal') ?? legacy(cost, 'amount_decimal'));

/** `transform_quantity`: ten units to the package, rounded up or down. */
const packages = (price: unknown, quantity: number): number => {
  const transform = legacy(price, 'transform_quantity');
  const exact = quantity / numberOr(legacy(transform, 'divide_by'), 1);
  return legacy(transform, 'round') === 'down' ? Math.floor(exact) : Math.ceil(exact);
};

const recurring = (item: Stripe.SubscriptionItem, currency: string | null): RecurringItem => {
  const price = priceOf(item);
  const terms = legacy(price, 'recurring') ?? price;
  return {
    amount: exactAmount(costOf(price, currency)),
    quantity: packages(price, numberOr(item.quantity, 1)),
    interval: stringOrNull(legacy(terms, 'interval')),
    intervalCount: numberOr(legacy(terms, 'interval_count'), 1),
    metered: legacy(terms, 'usage_type') === 'metered',
    product: idOf(legacy(price, 'product')),
  };
};

/** The items there are: a list that is no list, or a hole in one, is none. */
const itemsOf = (subscription: Stripe.Subscription): Stripe.SubscriptionItem[] => {
  const data = subscription.items?.data;
  return Array.isArray(data)
    ? data.filter((item) => stringOrNull(legacy(item, 'id')) !== null)
    : [];
};

/** The items of a subscription in its own currency, with the tiers our catalogue sells under them. */
export const readItems = (subscription: Stripe.Subscription, tiers: TiersByPrice): ItemFacts[] => {
  const items = itemsOf(subscription);
  const currency = stringOrNull(subscription.currency);
  const terms = items.map((item) => recurring(item, currency));
  const mrr = itemMrr(subscription.status, terms, readDiscounts(subscription));
  return items.map((item, index): ItemFacts => {
    const price = idOf(item.price) ?? idOf(legacy(item, 'plan')) ?? '';
    const tier = tiers.get(price) ?? null;
    return {
      stripeId: item.id,
      price,
      tier,
      quantity: numberOr(item.quantity, 1),
      amount: unitAmount(costOf(priceOf(item), currency)),
      interval: terms[index]?.interval ?? null,
      intervalCount: terms[index]?.intervalCount ?? null,
      // Before basil the period was the subscription's.
      currentPeriodEnd:
        instant(legacy(item, 'current_period_end')) ??
        instant(legacy(subscription, 'current_period_end')),
      // What is not ours is recorded, and is not revenue of the memberships.
      mrr: tier === null ? 0 : (mrr[index] ?? 0),
    };
  });
};
