import type { One } from './common';

/** Where a database is at home. */
export interface SiteIdentity {
  /** The option `server.url`; null where none is set. */
  url: string | null;
  /** Stripe's account; null until it is known. */
  account: string | null;
}

/**
 * `GET /memberships/site`. Not confirmed: the database was at home elsewhere, and so nothing is sold,
 * mailed or written to Stripe.
 */
export interface SiteState {
  confirmed: boolean;
  present: SiteIdentity;
  /** Where it was confirmed last. */
  before: SiteIdentity;
}

export type SiteResponse = One<SiteState>;

/** `POST /memberships/site/confirm`. */
export interface SiteConfirmation {
  /**
   * What becomes of mails that were planned until now: `skip` on a copy, whose original sends them;
   * `send` where the site itself has moved.
   */
  mails: 'send' | 'skip';
}
