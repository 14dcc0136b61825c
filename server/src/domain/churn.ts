import type { ChurnMonth, ChurnReason } from '../../../contracts';

/**
 * How a member's paying changed within a month: +1 started, -1 stopped, 0 did both and is where they
 * were.
 */
export interface MemberChange {
  /** `YYYY-MM` */
  period: string;
  change: -1 | 0 | 1;
  /** Why they left, where they did. */
  reason: string | null;
  count: number;
}

const sum = (changes: readonly MemberChange[], direction: -1 | 1): number =>
  changes.reduce((total, { change, count }) => total + (change === direction ? count : 0), 0);

/**
 * Churn by month (DESIGN section 7): members paying at the start and not at the end ÷ members paying
 * at the start. Whoever leaves and returns within a month did not churn.
 *
 * @param changes every month's until the last of `periods`, the earlier ones too
 * @param periods the months to tell of, in order
 */
export const churnMonths = (
  changes: readonly MemberChange[],
  periods: readonly string[]
): ChurnMonth[] => {
  const first = periods[0] ?? '';
  const earlier = changes.filter(({ period }) => period < first);
  let start = sum(earlier, 1) - sum(earlier, -1);
  return periods.map((month) => {
    const own = changes.filter(({ period }) => period === month);
    const joined = sum(own, 1);
    const left = sum(own, -1);
    const row = {
      month,
      start,
      joined,
      left,
      end: start + joined - left,
      churnRate: start > 0 ? left / start : null,
    };
    start = row.end;
    return row;
  });
};

/** Why members left in these months, the commonest first; shares add up to 1. */
export const churnReasons = (
  changes: readonly MemberChange[],
  periods: readonly string[]
): ChurnReason[] => {
  const counts = new Map<string, number>();
  for (const { period, change, reason, count } of changes) {
    if (change !== -1 || !periods.includes(period)) continue;
    const key = reason ?? 'unknown';
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const all = [...counts.values()].reduce((total, count) => total + count, 0);
  return [...counts]
    .map(([reason, count]) => ({ reason, count, share: count / all }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
};
