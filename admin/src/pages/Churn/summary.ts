import type { ChurnMonth } from '../../../../contracts';

export interface ChurnSummary {
  start: number;
  joined: number;
  left: number;
  end: number;
  /** Left in all months ÷ members at the start of all months; null when nobody was ever paying. */
  rate: number | null;
}

/**
 * The mean of the monthly rates weighted by members: a month with three members does not count as
 * much as one with three hundred.
 */
export const summarise = (months: ChurnMonth[]): ChurnSummary => {
  const sum = (key: 'start' | 'joined' | 'left') =>
    months.reduce((total, month) => total + month[key], 0);
  const starts = sum('start');
  return {
    start: months[0]?.start ?? 0,
    joined: sum('joined'),
    left: sum('left'),
    end: months.at(-1)?.end ?? 0,
    rate: starts === 0 ? null : sum('left') / starts,
  };
};
