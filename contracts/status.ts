import type { One } from './common';

/** `GET /memberships/status`: what the admin pages say about the set-up. Never a secret. */
export interface Status {
  stripe: {
    configured: boolean;
    mode: 'test' | 'live' | null;
    webhookConfigured: boolean;
    /** Environment variables that are missing, by name. */
    missing: string[];
  };
  /** The paths to register in Stripe and call from a front end. */
  webhookPath: string;
  timeZone: string;
  /** The site's locales other than the default one; empty without the i18n plugin. */
  locales: string[];
}

export type StatusResponse = One<Status>;
