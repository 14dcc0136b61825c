/** `day`, `week`, `month` or `year`, as a price's `recurring.interval`. */
export type Interval = string;

const daySeconds = 86_400;

/**
 * The `n`th boundary after an anchor, both in seconds, in UTC. Months and years keep the anchor's
 * day: an anchor on the 31st gives the last day of shorter months and the 31st again after them
 * (https://docs.stripe.com/billing/subscriptions/billing-cycle).
 */
export function boundary(anchor: number, interval: Interval, count: number, n: number): number {
  const steps = count * n;
  if (interval === 'day') return anchor + steps * daySeconds;
  if (interval === 'week') return anchor + steps * 7 * daySeconds;
  return addMonths(anchor, interval === 'year' ? steps * 12 : steps);
}

/** The first boundary of the anchor's cycle that comes after `after` (seconds). */
export function nextBoundary(
  anchor: number,
  interval: Interval,
  count: number,
  after: number
): number {
  return boundary(anchor, interval, count, boundaryAfter(anchor, interval, count, after));
}

function boundaryAfter(anchor: number, interval: Interval, count: number, after: number): number {
  const length = boundary(anchor, interval, count, 1) - anchor;
  let n = Math.floor((after - anchor) / length) - 1;
  while (boundary(anchor, interval, count, n) <= after) n += 1;
  while (boundary(anchor, interval, count, n - 1) > after) n -= 1;
  return n;
}

/** The boundaries of the anchor's cycle that a moment (seconds) lies between. */
export function cycleAround(
  anchor: number,
  interval: Interval,
  count: number,
  at: number
): { start: number; end: number } {
  const n = boundaryAfter(anchor, interval, count, at);
  return {
    start: boundary(anchor, interval, count, n - 1),
    end: boundary(anchor, interval, count, n),
  };
}

function addMonths(seconds: number, months: number): number {
  const from = new Date(seconds * 1000);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = (seconds % daySeconds) + (seconds < 0 ? daySeconds : 0);
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay)) / 1000 + time;
}
