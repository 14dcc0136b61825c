import type { Visibility } from '../../../contracts';
import type { STRIPE_API_VERSION } from '../constants';
import type { Policy } from '../domain/facts';

/** `protected`: to those who may read the entry, at addresses that expire. */
export type FileAccess = 'protected' | 'public';

/** The plugin's options, checked and with defaults; see `docs/configuration.md`. */
export interface Config {
  stripe: {
    /** null: the plugin boots and gates, sells nothing, and the webhook answers 503. */
    secretKey: string | null;
    /** Every secret a delivery may be signed with: several while one is rotated. */
    webhookSecrets: string[];
    /** Base URL instead of Stripe's own, for tests and proxies. */
    apiBase: string | null;
    apiVersion: typeof STRIPE_API_VERSION;
    /** Read off the key: `sk_live_…` and `rk_live_…` are live. */
    livemode: boolean;
    /** Requests a second to Stripe, of all instances together. */
    requestsPerSecond: number;
    /** Milliseconds of the machine's before what an event names is fetched again; see `billing/rests.ts`. */
    restMilliseconds: number;
  };
  access: {
    /** false: the gate lets everything through (to find out what it closes). */
    enabled: boolean;
    /** For gated types whose schema names no default. */
    defaultVisibility: Visibility;
    /** Days a `past_due` subscription still gives access, counted from the first failed attempt. */
    graceDays: number;
    /** Whether a member whose payments are paused (`pause_collection`) reads. */
    pausedReads: boolean;
    /** What a full refund does to the access that it paid for. */
    fullRefund: Policy['fullRefund'];
    /** What a dispute does to the access that its payment pays for, until it is closed. */
    dispute: Policy['dispute'];
    /** Whether `/uploads` hands the files of protected media to everybody. */
    files: FileAccess;
  };
  checkout: {
    /** Origins that success, cancel and return URLs may be on, e.g. `https://example.com`. */
    allowedOrigins: string[];
    /** Whether a price that is paid once comes with an invoice of Stripe's (`invoice_creation`). */
    invoiceCreation: boolean;
  };
  revenue: {
    /** IANA name; months of the reports begin at its midnight. */
    timeZone: string;
  };
  pages: {
    /** Front-end page that sets a password; `?code=` is appended. */
    setPassword: string | null;
    /** Front-end page that claims a guest's purchase; `?token=` is appended. */
    claim: string | null;
  };
  reconcile: {
    /** Minutes between two looks at Stripe's list of events; null: never. */
    everyMinutes: number | null;
    /** Hour of the day, in `revenue.timeZone`, after which the nightly walk begins; null: never. */
    hour: number | null;
  };
  limits: {
    /** Requests a minute and address to the routes that reach Stripe. */
    perMinute: number;
  };
  /** The plugin's only source of now, in milliseconds since 1970. */
  clock: () => number;
}
