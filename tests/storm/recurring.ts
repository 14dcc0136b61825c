import type { StripeSimulator } from '../stripe';
import type { Subscription, SubscriptionItem } from '../stripe/types';

/** How many months an interval is (docs/metrics.md). */
const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  week: 12 / 52,
  month: 1,
  year: 12,
};

const monthly = ({ price, quantity }: SubscriptionItem, factor: number): number => {
  if (!price.recurring) return 0;
  const months = (MONTHS[price.recurring.interval] ?? NaN) * price.recurring.interval_count;
  return Math.round(((price.unit_amount ?? 0) * (quantity ?? 1) * factor * 1000) / months);
};

type Tables = ReturnType<StripeSimulator['worldFor']>['tables'];

/** What discounts that never end leave of a price: 0 to 1; the storm knows percentages only. */
const afterDiscounts = (tables: Tables, { discounts }: Subscription): number =>
  discounts.reduce((left, id) => {
    const coupon = tables.coupons.get(String(tables.discounts.get(id)?.source.coupon));
    return coupon?.duration === 'forever' ? left * (1 - (coupon.percent_off ?? 0) / 100) : left;
  }, 1);

/** Monthly revenue in thousandths of a minor unit by `currency tier`; nothing is left out, not even 0. */
export const revenueOf = (
  tables: Tables,
  one: Subscription,
  tierOf: ReadonlyMap<string, string>
): Map<string, number> => {
  const revenue = new Map<string, number>();
  if (one.status !== 'active' && one.status !== 'past_due') return revenue;
  for (const item of one.items.data) {
    const key = `${one.currency} ${tierOf.get(item.price.id)}`;
    const mrr = monthly(item, afterDiscounts(tables, one));
    revenue.set(key, (revenue.get(key) ?? 0) + mrr);
  }
  return revenue;
};
