import type { Interval } from '../../../contracts';

/** What a price costs and how often. They never change: a price of other terms is another price. */
export interface Terms {
  /** Minor units. */
  amount: number;
  currency: string;
  /** null: paid once. */
  interval: Interval | null;
  intervalCount: number;
}

export const INTERVALS: readonly Interval[] = ['day', 'week', 'month', 'year'];

/** Stripe's longest period is three years (docs.stripe.com/api/prices: recurring.interval_count). */
export const LONGEST: Readonly<Record<Interval, number>> = {
  day: 1095,
  week: 156,
  month: 36,
  year: 3,
};

export const sameTerms = (a: Terms, b: Terms): boolean =>
  a.amount === b.amount &&
  a.currency === b.currency &&
  a.interval === b.interval &&
  (a.interval === null || a.intervalCount === b.intervalCount);
