/** What the bench asks of the process that is Stripe: it sells, answers and delivers. */
export type Order =
  /** Makes so many subscriptions of a price, each of a customer of its own. */
  | { do: 'subscribe'; price: string; count: number }
  /** Sends one delivery after the other over ten connections for so long. */
  | { do: 'rush'; to: Target; seconds: number }
  /** Sends so many, so many a second. */
  | { do: 'stream'; to: Target; count: number; perSecond: number }
  /** People pay so many checkouts of a price at once; every event of it is delivered. */
  | { do: 'burst'; to: Target; price: string; count: number }
  /** How many requests were made of it so far. */
  | { do: 'count' };

export interface Target {
  url: string;
}

/** Of a rush, a stream or a burst. */
export interface Sent {
  /** Accepted deliveries a second. */
  rps: number;
  accepted: number;
  /** Milliseconds from sending to the answer. */
  p99: number;
  /** When each subscription's delivery was sent, by its id: milliseconds of the machine's clock. */
  sentAt: [string, number][];
  /** Requests that Stripe was asked since it began. */
  asked: number;
}

export const SECRET = 'whsec_bench';

export type FromStripe =
  | { ready: { url: string; secretKey: string } }
  | { id: number; sent: Sent }
  | { id: number; error: string };
