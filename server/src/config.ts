import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import type { Visibility } from '../../contracts';
import { PLUGIN_ID, STRIPE_API_VERSION } from './constants';
import type { Policy } from './domain/facts';

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

type Env = Record<string, string | undefined>;

const isTimeZone = (value: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
};

const toUrl = (value: string): URL | null => (URL.canParse(value) ? new URL(value) : null);
const isHttpUrl = (value: string): boolean => /^https?:$/.test(toUrl(value)?.protocol ?? '');
const isOrigin = (value: string): boolean => isHttpUrl(value) && toUrl(value)?.origin === value;
/** Host and port are all that Stripe's library takes of another base. */
const isBase = (value: string): boolean => isHttpUrl(value) && toUrl(value)?.pathname === '/';

const httpUrl = () =>
  yup
    .string()
    .nullable()
    .test('url', '${path} must be an absolute http(s) URL', (value) => !value || isHttpUrl(value));

const secret = (test: RegExp, shape: string) =>
  // The value itself stays out of the message: it is a secret.
  yup
    .string()
    .nullable()
    .test(
      'secret',
      `\${path} must look like ${shape}`,
      (value) => !value || test.test(value.trim())
    );

const object = <T extends yup.ObjectShape>(shape: T) =>
  yup.object(shape).noUnknown(true, '${path} has an unknown option: ${unknown}').strict(true);

const schema = yup
  .object({
    stripe: object({
      secretKey: secret(/^(sk|rk)_(test|live)_\S+$/, 'sk_test_… or sk_live_…'),
      webhookSecrets: yup
        .array()
        .of(secret(/^whsec_\S+$/, 'whsec_…').required())
        .nullable(),
      apiBase: yup
        .string()
        .nullable()
        .test(
          'base',
          '${path} must be an http(s) URL without a path',
          (value) => !value || isBase(value)
        ),
      apiVersion: yup.string().oneOf([STRIPE_API_VERSION] as const),
      requestsPerSecond: yup.number().integer().min(1).max(10_000),
    }),
    access: object({
      enabled: yup.boolean(),
      defaultVisibility: yup
        .mixed<Visibility>()
        .oneOf(
          ['public', 'members', 'paid', 'tiers'],
          '${path} must be one of: public, members, paid, tiers'
        ),
      graceDays: yup.number().min(0).max(365),
      pausedReads: yup.boolean(),
      fullRefund: yup
        .mixed<Policy['fullRefund']>()
        .oneOf(['keep', 'end'], '${path} must be one of: keep, end'),
      dispute: yup
        .mixed<Policy['dispute']>()
        .oneOf(['suspend', 'keep'], '${path} must be one of: suspend, keep'),
      files: yup
        .mixed<FileAccess>()
        .oneOf(['protected', 'public'], '${path} must be one of: protected, public'),
    }),
    checkout: object({
      allowedOrigins: yup
        .array()
        .of(
          yup
            .string()
            .required()
            .test(
              'origin',
              '${path} must be an origin such as https://example.com, without a path',
              isOrigin
            )
        ),
    }),
    revenue: object({
      timeZone: yup
        .string()
        .test(
          'time-zone',
          '${path} must be an IANA time zone such as Europe/Paris',
          (value) => value === undefined || isTimeZone(value)
        ),
    }),
    reconcile: object({
      everyMinutes: yup.number().min(1).max(1440).nullable(),
      hour: yup.number().integer().min(0).max(23).nullable(),
    }),
    pages: object({ setPassword: httpUrl(), claim: httpUrl() }),
    limits: object({ perMinute: yup.number().integer().min(1) }),
    clock: yup
      .mixed<() => number>()
      .test(
        'function',
        '${path} must be a function that returns milliseconds',
        (value) => value === undefined || typeof value === 'function'
      ),
  })
  .noUnknown(true, 'unknown option: ${unknown}')
  .strict(true);

/** yup's own words for a wrong type quote the value, which may be a secret. */
const describe = ({ type, path, message, params }: yup.ValidationError): string =>
  type === 'typeError'
    ? `${path || 'the options'} must be of type ${String(params?.type)}`
    : message;

/** The options as they are, or null and what is wrong with them. */
const validate = (options: unknown): [yup.InferType<typeof schema> | null, string] => {
  try {
    return [schema.validateSync(options, { abortEarly: false }), ''];
  } catch (error) {
    if (!(error instanceof yup.ValidationError)) throw error;
    const all = error.inner.length > 0 ? error.inner : [error];
    return [null, all.map(describe).join('; ')];
  }
};

const check = (options: unknown): yup.InferType<typeof schema> => {
  const [checked, wrong] = validate(options);
  if (checked) return checked;
  // Without yup's error as its cause: that one carries every option, and logs print causes.
  throw new Error(`memberships: wrong options in config/plugins: ${wrong}`);
};

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
    checkout: { allowedOrigins: value.checkout?.allowedOrigins ?? [] },
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

/** The resolved options; set in `register`, before anything reads them. */
export const getConfig = (strapi: Core.Strapi): Config =>
  strapi.config.get<Config>(`plugin::${PLUGIN_ID}`);

/** The path of one of our content-API routes, as this site serves it. */
export const apiPath = (strapi: Core.Strapi, path: string): string =>
  `${strapi.config.get<string>('api.rest.prefix', '/api')}/${PLUGIN_ID}/${path}`;

/** Now, in milliseconds, by the `clock` option. */
export const now = (strapi: Core.Strapi): number => getConfig(strapi).clock();

export default {
  default: {},
  /** Strapi calls it while booting; what it throws stops the boot. */
  validator(options: unknown) {
    resolveConfig(options, process.env);
  },
};
