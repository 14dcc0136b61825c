/** Months as `YYYY-MM`, both inclusive. */
export interface MonthRange {
  from: string;
  to: string;
}

/** `YYYY-MM`, `months` after (or before) another. Months are counted, not dates: no day can overflow. */
export const addMonths = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const count = year * 12 + (number - 1) + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
};

export const PERIODS = ['6', '12', '24', 'year', 'lastYear'] as const;
export type Period = (typeof PERIODS)[number];

export const isPeriod = (value: unknown): value is Period => PERIODS.some((one) => one === value);

/** The months of a period when it is `month` now. */
export const toRange = (period: Period, month: string): MonthRange => {
  const year = Number(month.slice(0, 4));
  if (period === 'year') return { from: `${year}-01`, to: month };
  if (period === 'lastYear') return { from: `${year - 1}-01`, to: `${year - 1}-12` };
  return { from: addMonths(month, 1 - Number(period)), to: month };
};
