import { useGetMembershipChurnQuery } from '../api/reports';
import { toRange, type Period } from './periods';

/**
 * The report of a period. Which month it is the server knows, by its own clock and time zone: its
 * answer without a range, the last 12 months, says so and is what the page opens with anyway.
 */
export const useChurn = (period: Period) => {
  const latest = useGetMembershipChurnQuery();
  const month = latest.data?.data.months.at(-1)?.month;
  const isLatest = period === '12' || month === undefined;
  const ranged = useGetMembershipChurnQuery(isLatest ? undefined : toRange(period, month), {
    skip: isLatest,
  });
  return isLatest ? latest : ranged;
};
