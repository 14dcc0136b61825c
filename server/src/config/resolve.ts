import { STRIPE_API_VERSION } from '../constants';
import { check } from './check';
import type { Config } from './options';

type Env = Record<string, string | undefined>;

const list = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** null switches something off, and is no absent option. */
const orDefault = (value: number | null | undefined, standard: number): number | null =>
  value === undefined ? standard : value;

/**
 * Checks the site's options and fills in defaults.
 *
 * @param options `memberships.config` of the site's `config/plugins`
 * @param env where absent options are looked up: `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET`
 *   (comma-separated while a secret is rotated), `STRIPE_API_BASE`
 * @throws Error naming every wrong option; a secret's value is never in the message
 */
export const resolveConfig = (options: unknown, env: Env): Config => {
  const given = check(options ?? {});
  const value = check({
    ...given,
    stripe: {
      ...given.stripe,
      secretKey: (given.stripe?.secretKey ?? env.STRIPE_SECRET_KEY)?.trim() || null,
      webhookSecrets: given.stripe?.webhookSecrets ?? list(env.STRIPE_WEBHOOK_SECRET),
      apiBase: (given.stripe?.apiBase ?? env.STRIPE_API_BASE)?.trim() || null,
    },
  });

  const key = value.stripe?.secretKey ?? null;
  return {
    stripe: {
      secretKey: key,
      webhookSecrets: (value.stripe?.webhookSecrets ?? []).map((one) => one.trim()),
      apiBase: value.stripe?.apiBase ?? null,
      apiVersion: value.stripe?.apiVersion ?? STRIPE_API_VERSION,
      requestsPerSecond: value.stripe?.requestsPerSecond ?? 25,
      restMilliseconds: value.stripe?.restMilliseconds ?? 2_000,
      livemode: key !== null && /^(sk|rk)_live_/.test(key),
    },
    access: {
      enabled: value.access?.enabled ?? true,
      defaultVisibility: value.access?.defaultVisibility ?? 'public',
      graceDays: value.access?.graceDays ?? 14,
      pausedReads: value.access?.pausedReads ?? false,
      fullRefund: value.access?.fullRefund ?? 'keep',
      dispute: value.access?.dispute ?? 'suspend',
      files: value.access?.files ?? 'protected',
    },
    checkout: {
      allowedOrigins: value.checkout?.allowedOrigins ?? [],
      invoiceCreation: value.checkout?.invoiceCreation ?? false,
    },
    revenue: { timeZone: value.revenue?.timeZone ?? 'UTC' },
    pages: { setPassword: value.pages?.setPassword ?? null, claim: value.pages?.claim ?? null },
    reconcile: {
      everyMinutes: orDefault(value.reconcile?.everyMinutes, 5),
      hour: orDefault(value.reconcile?.hour, 3),
    },
    limits: { perMinute: value.limits?.perMinute ?? 60 },
    clock: value.clock ?? Date.now,
  };
};
