import type { IsoDate, One } from './common';

/** What may be wrong between Stripe and the webhook. */
export type EndpointWarningCode =
  /** No Stripe key, or no webhook secret, in the environment. */
  | 'key-missing'
  | 'secret-missing'
  /** `server.url` is absent: Stripe cannot be told where the site is. */
  | 'url-missing'
  /** `server.url` is on a machine or network that Stripe cannot reach, or not https in live mode. */
  | 'url-local'
  | 'url-insecure'
  /** Stripe has no endpoint with the site's URL in this mode. */
  | 'not-registered'
  | 'disabled'
  | 'version-mismatch'
  | 'events-missing'
  /** Deliveries of the other mode arrive here. */
  | 'wrong-mode'
  /** Stripe sends, and nothing arrives. */
  | 'unreachable'
  /** The machine's clock and Stripe's differ by more than a minute: signatures will be refused. */
  | 'clock-skew'
  /** Stripe could not be asked; what it would say is left out. */
  | 'stripe-unavailable';

export interface EndpointWarning {
  code: EndpointWarningCode;
  /** In English, with what to do about it. */
  message: string;
}

/** One webhook endpoint as Stripe has it. */
export interface RegisteredEndpoint {
  stripeId: string;
  url: string;
  status: 'enabled' | 'disabled';
  /** null: the account's default version. */
  apiVersion: string | null;
  /** Events the plugin needs and this endpoint does not send. */
  missingEvents: string[];
}

/** When an event of one type was last sent by Stripe and last arrived here. */
export interface EventTraffic {
  type: string;
  /** null: not within Stripe's latest few hundred events. */
  sentAt: IsoDate | null;
  /** null: never, or so long ago that it is forgotten. */
  receivedAt: IsoDate | null;
}

/** `GET /memberships/endpoint`: what the webhook should be, what it is, and what is wrong. */
export interface EndpointReport {
  /** Where deliveries should go; null without `server.url`. */
  url: string | null;
  apiVersion: string;
  /** The one with our URL; null when there is none, or when Stripe could not be asked. */
  registered: RegisteredEndpoint | null;
  warnings: EndpointWarning[];
  traffic: EventTraffic[];
}

export type EndpointResponse = One<EndpointReport>;

/**
 * `POST /memberships/endpoint`: makes the endpoint, or mends the one with our URL (events, enabled;
 * one of another API version is made anew, because Stripe never changes a version).
 */
export interface EndpointRepair {
  action: 'created' | 'updated' | 'replaced' | 'unchanged';
  /**
   * The new signing secret, for `STRIPE_WEBHOOK_SECRET`: shown this once and kept nowhere. null when
   * the endpoint and its secret stayed.
   */
  secret: string | null;
  report: EndpointReport;
}

export type EndpointRepairResponse = One<EndpointRepair>;
