import type { One } from './common';

/** `GET /memberships/churn?from=2026-01&to=2026-12` (inclusive; default the last 12 months). */
export interface ChurnMonth {
  /** `YYYY-MM` in the `revenue.timeZone` option. */
  month: string;
  /** Members paying when the month began. */
  start: number;
  /** Paying at its end, not at its start. */
  joined: number;
  /** Paying at its start, not at its end. */
  left: number;
  /** start + joined - left. */
  end: number;
  /** left ÷ start, 0 to 1; null when nobody was paying at the start. */
  churnRate: number | null;
}

export interface ChurnReason {
  /** Stripe's `cancellation_details.feedback`, else its `reason`, else `unknown`. */
  reason: string;
  count: number;
  /** count ÷ all, 0 to 1. */
  share: number;
}

export interface Churn {
  timeZone: string;
  months: ChurnMonth[];
  /** Of the members who stopped paying in these months. */
  reasons: ChurnReason[];
}

export type ChurnResponse = One<Churn>;
