import type { IsoDate, One } from './common';
import type { EndpointWarning, RegisteredEndpoint } from './endpoint';
import type { ReconcileRun } from './reconcile';
import type { SiteState } from './site';

/** `GET /memberships/health`: whether Strapi and Stripe agree. Never a secret. */
export interface Health {
  checkedAt: IsoDate;
  stripe: {
    configured: boolean;
    mode: 'test' | 'live' | null;
    /** `acct_…`; null while it is not known. */
    account: string | null;
    /** Whether Stripe answered just now; null without a key. */
    reachable: boolean | null;
    /** Why not. */
    error: string | null;
    apiVersion: string;
    /** Our machine's clock minus Stripe's, in milliseconds; null before the first answer. */
    clockSkew: number | null;
  };
  site: SiteState;
  endpoint: {
    url: string | null;
    registered: RegisteredEndpoint | null;
    warnings: EndpointWarning[];
  };
  inbox: {
    pending: number;
    dead: number;
    done: number;
    ignored: number;
    /** When the longest waiting delivery arrived; null when nothing waits. */
    oldestPendingAt: IsoDate | null;
    /** When the latest event of Stripe's own arrived by the webhook or by the cursor. */
    lastReceivedAt: IsoDate | null;
  };
  /** Polling `events.list` for what no delivery brought. */
  cursor: {
    /** Everything that Stripe recorded until then was asked for; null before the first time. */
    upTo: IsoDate | null;
    polledAt: IsoDate | null;
    /** Events the cursor found that no delivery had brought, since the site was set up. */
    found: number;
  };
  /** The latest run, whoever asked for it. */
  reconcile: ReconcileRun | null;
  /** When the next nightly walk is due; null when it is switched off, or nothing is sold. */
  nextReconcileAt: IsoDate | null;
  pace: {
    /** Requests a second to Stripe, for all instances together, and what of it background work may take. */
    perSecond: number;
    background: number;
    /** Until then nobody asks, because Stripe said that it is too much. */
    pausedUntil: IsoDate | null;
  };
}

export type HealthResponse = One<Health>;
