/** What the bench asks of its two processes, and what they tell. */

export interface Fill {
  kind: 'fill';
  /** A subscription made by the API; all others are copies of it. */
  template: string;
  count: number;
}

export type StripeMessage =
  | { kind: 'ready'; url: string; secretKey: string }
  | { kind: 'filled' }
  | { kind: 'requests'; requests: Requests };

export interface Requests {
  all: number;
  /** Pages of the list of subscriptions, and how often it was begun. */
  subscriptions: number;
  begun: number;
}

export type StripeOrder = Fill | { kind: 'requests' };

export type SiteOrder = { kind: 'start' } | { kind: 'stop' };

export interface Progress {
  kind: 'progress';
  status: string;
  phase: string | null;
  done: number;
  differences: number;
  /** The largest the process has been, in megabytes. */
  peak: number;
}

export type SiteMessage =
  { kind: 'ready' } | { kind: 'template'; template: string } | { kind: 'seeded' } | Progress;

/** The ids of the copies, the same on both sides. */
export const copyOf = (prefix: string, number: number): string =>
  `${prefix}_bench${String(number).padStart(9, '0')}`;
