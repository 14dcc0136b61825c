/** Thousandths of a minor unit: fine enough that a twelfth of a year's price adds up over the year. */
export type MilliUnits = number;

export interface Discount {
  /** Only `forever` lowers MRR: the others end by themselves. */
  duration: string;
  percentOff: number | null;
  /** Minor units off one invoice of the subscription. */
  amountOff: number | null;
}

export interface RecurringItem {
  /** Minor units each; null where Stripe prices by tiers or meters. */
  amount: number | null;
  quantity: number;
  interval: string | null;
  intervalCount: number | null;
  metered: boolean;
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

/** What is left of an invoice of `total` after the forever discounts, as a factor of 0 to 1. */
const afterDiscounts = (total: number, discounts: readonly Discount[]): number => {
  if (total <= 0) return 0;
  const left = discounts
    .filter(({ duration }) => duration === 'forever')
    .reduce(
      (rest, { percentOff, amountOff }) =>
        Math.max(0, rest * (1 - (percentOff ?? 0) / 100) - (amountOff ?? 0)),
      total
    );
  return left / total;
};

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
  const total = items.reduce((sum, item) => sum + perInvoice(item), 0);
  const factor = afterDiscounts(total, discounts);
  return items.map((item) => {
    const months = monthsOf(item);
    return months === null ? 0 : Math.round((perInvoice(item) * factor * 1000) / months);
  });
};
