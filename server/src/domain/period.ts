import { TZDate } from '@date-fns/tz';
import { addMonths, format } from 'date-fns';

/** `YYYY-MM` of an instant (milliseconds) in a time zone. */
export const periodOf = (at: number, timeZone: string): string =>
  format(new TZDate(at, timeZone), 'yyyy-MM');

const toDate = (period: string): TZDate => new TZDate(`${period}-01T00:00:00Z`, 'UTC');

export const PERIOD = /^\d{4}-(0[1-9]|1[0-2])$/;

export const addPeriods = (period: string, months: number): string =>
  format(addMonths(toDate(period), months), 'yyyy-MM');

/** Every month from one to another, both included; empty when they are the wrong way round. */
export const periodsBetween = (from: string, to: string): string[] => {
  const periods: string[] = [];
  for (let period = from; period <= to; period = addPeriods(period, 1)) periods.push(period);
  return periods;
};
