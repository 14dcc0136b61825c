/** Thousandths of a minor unit: fine enough that a twelfth of a year's price adds up over the year. */
export type MilliUnits = number;

export interface Discount {
  /** Only `forever` lowers MRR: the others end by themselves. */
  duration: string;
  percentOff: number | null;
  /** Minor units off one invoice of the subscription. */
  amountOff: number | null;
  /** The products it is for; absent or null: all. */
  products?: readonly string[] | null;
}

export interface RecurringItem {
  /** Minor units each; null where Stripe prices by tiers or meters. */
  amount: number | null;
  quantity: number;
  interval: string | null;
  intervalCount: number | null;
  metered: boolean;
  /** Stripe's id. */
  product?: string | null;
}

/** How many of an interval make a month: a year is 12, a week 12/52, a day 12/365 (DESIGN section 7). */
const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  week: 12 / 52,
  month: 1,
  year: 12,
};

/** Statuses whose subscriptions are revenue: a trial is not yet, a past_due one still is. */
const COUNTING = new Set(['active', 'past_due']);

export const countsAsRevenue = (status: string): boolean => COUNTING.has(status);

const monthsOf = (item: RecurringItem): number | null => {
  const months = item.interval === null ? undefined : MONTHS[item.interval];
  return months === undefined ? null : months * (item.intervalCount ?? 1);
};

const perInvoice = (item: RecurringItem): number =>
  item.metered || monthsOf(item) === null ? 0 : (item.amount ?? 0) * item.quantity;

/** What is left of each item's part of an invoice after the forever discounts, in minor units. */
const afterDiscounts = (
  items: readonly RecurringItem[],
  discounts: readonly Discount[]
): number[] =>
  discounts
    .filter(({ duration }) => duration === 'forever')
    .reduce<number[]>((parts, { percentOff, amountOff, products = null }) => {
      const applies = items.map(
        ({ product }) => products === null || products.includes(product ?? '')
      );
      const total = parts.reduce((sum, part, index) => sum + (applies[index] ? part : 0), 0);
      const left = Math.max(0, total * (1 - (percentOff ?? 0) / 100) - (amountOff ?? 0));
      return parts.map((part, index) =>
        applies[index] && total > 0 ? (part * left) / total : part
      );
    }, items.map(perInvoice));

/**
 * Monthly recurring revenue of each item, in order (DESIGN section 7): amount × quantity, normalised
 * to a month, after `forever` discounts, without tax, trials, metered and one-off items.
 *
 * @returns thousandths of a minor unit, whole numbers
 */
export const itemMrr = (
  status: string,
  items: readonly RecurringItem[],
  discounts: readonly Discount[] = []
): MilliUnits[] => {
  if (!countsAsRevenue(status)) return items.map(() => 0);
  const left = afterDiscounts(items, discounts);
  return items.map((item, index) => {
    const months = monthsOf(item);
    return months === null ? 0 : Math.round(((left[index] ?? 0) * 1000) / months);
  });
};
