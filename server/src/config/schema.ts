import * as yup from 'yup';
import type { Visibility } from '../../../contracts';
import { STRIPE_API_VERSION } from '../constants';
import type { Policy } from '../domain/facts';
import type { FileAccess } from './options';

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

/** What a site may write; nothing more, so that a mistyped option is found. */
export const schema = yup
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
      restMilliseconds: yup.number().integer().min(0).max(60_000),
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
      invoiceCreation: yup.boolean(),
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
