import { TZDate } from '@date-fns/tz';
import type { Instant } from './facts';

/**
 * When the night's hour last came in a time zone: today's, or yesterday's before it. An hour that a
 * change of the clocks leaves out comes as the next one.
 *
 * @param hour 0 to 23
 * @param timeZone IANA name
 */
export const lastNight = (now: Instant, hour: number, timeZone: string): Instant => {
  const today = new TZDate(now, timeZone);
  const at = (day: number): Instant =>
    new TZDate(today.getFullYear(), today.getMonth(), day, hour, timeZone).getTime();
  const tonight = at(today.getDate());
  return tonight <= now ? tonight : at(today.getDate() - 1);
};

/** When it comes next. */
export const nextNight = (now: Instant, hour: number, timeZone: string): Instant => {
  const today = new TZDate(now, timeZone);
  const at = (day: number): Instant =>
    new TZDate(today.getFullYear(), today.getMonth(), day, hour, timeZone).getTime();
  const tonight = at(today.getDate());
  return tonight > now ? tonight : at(today.getDate() + 1);
};
