import { resolveConfig } from '../../server/src/config';

const SECRET = 'sk_test_ThisMustNeverBeSeen';
const SIGNING = 'whsec_NorMustThis';

const messageOf = (options: unknown, env: Record<string, string | undefined> = {}): string => {
  try {
    resolveConfig(options, env);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('these options were taken');
};

describe('the options', () => {
  it('have defaults for a site that gives none', () => {
    for (const options of [undefined, null, {}, { stripe: {} }]) {
      const { clock, ...config } = resolveConfig(options, {});
      expect(config).toEqual({
        stripe: {
          secretKey: null,
          webhookSecrets: [],
          apiBase: null,
          apiVersion: '2026-10-28.endive',
          livemode: false,
          requestsPerSecond: 25,
          restMilliseconds: 2_000,
        },
        access: {
          enabled: true,
          defaultVisibility: 'public',
          graceDays: 14,
          pausedReads: false,
          fullRefund: 'keep',
          dispute: 'suspend',
          files: 'protected',
        },
        checkout: { allowedOrigins: [], invoiceCreation: false },
        revenue: { timeZone: 'UTC' },
        pages: { setPassword: null, claim: null },
        reconcile: { everyMinutes: 5, hour: 3 },
        limits: { perMinute: 60 },
      });
      expect(clock).toBe(Date.now);
    }
  });

  it('are taken as they are given', () => {
    const clock = () => 5;
    const options = {
      stripe: {
        secretKey: SECRET,
        webhookSecrets: [SIGNING, 'whsec_other'],
        apiBase: 'http://127.0.0.1:4242',
        apiVersion: '2026-10-28.endive',
        requestsPerSecond: 100,
        restMilliseconds: 0,
      },
      access: {
        enabled: false,
        defaultVisibility: 'paid',
        graceDays: 0,
        pausedReads: true,
        fullRefund: 'end',
        dispute: 'keep',
        files: 'public',
      },
      checkout: {
        allowedOrigins: ['https://front.example', 'http://localhost:3000'],
        invoiceCreation: true,
      },
      revenue: { timeZone: 'Asia/Jakarta' },
      pages: { setPassword: 'https://front.example/a?b=c', claim: 'https://front.example/claim' },
      reconcile: { everyMinutes: null, hour: null },
      limits: { perMinute: 5 },
      clock,
    };
    expect(resolveConfig(options, { STRIPE_SECRET_KEY: 'sk_test_other' })).toEqual({
      ...options,
      stripe: { ...options.stripe, livemode: false },
    });
  });

  it('come from the environment where they are absent', () => {
    const { stripe } = resolveConfig(
      {},
      {
        STRIPE_SECRET_KEY: ` ${SECRET}\n`,
        STRIPE_WEBHOOK_SECRET: ` ${SIGNING} ,, whsec_next\n`,
        STRIPE_API_BASE: ' http://127.0.0.1:4242 ',
      }
    );
    expect(stripe).toMatchObject({
      secretKey: SECRET,
      webhookSecrets: [SIGNING, 'whsec_next'],
      apiBase: 'http://127.0.0.1:4242',
    });
  });

  it('treat an empty environment as none', () => {
    const env = { STRIPE_SECRET_KEY: '  ', STRIPE_WEBHOOK_SECRET: ' , ', STRIPE_API_BASE: '' };
    expect(resolveConfig({}, env).stripe).toMatchObject({
      secretKey: null,
      webhookSecrets: [],
      apiBase: null,
    });
  });

  it.each([
    ['sk_test_1', false],
    ['rk_test_1', false],
    ['sk_live_1', true],
    ['rk_live_1', true],
  ])('read the mode off the key: %s', (secretKey, livemode) => {
    expect(resolveConfig({ stripe: { secretKey } }, {}).stripe.livemode).toBe(livemode);
  });

  it.each([
    ['stripe.secretKey', { stripe: { secretKey: 'pk_test_1' } }],
    ['stripe.secretKey', { stripe: { secretKey: 5 } }],
    ['stripe.webhookSecrets', { stripe: { webhookSecrets: SIGNING } }],
    ['stripe.webhookSecrets[1]', { stripe: { webhookSecrets: [SIGNING, 'secret'] } }],
    ['stripe.apiBase', { stripe: { apiBase: 'localhost:4242' } }],
    ['stripe.apiBase', { stripe: { apiBase: 'ftp://files.example' } }],
    ['stripe.apiVersion', { stripe: { apiVersion: '2020-08-27' } }],
    ['access.enabled', { access: { enabled: 'yes' } }],
    ['access.defaultVisibility', { access: { defaultVisibility: 'secret' } }],
    ['access.graceDays', { access: { graceDays: -1 } }],
    ['access.graceDays', { access: { graceDays: 366 } }],
    ['access.graceDays', { access: { graceDays: '14' } }],
    ['access.graceDays', { access: { graceDays: Number.NaN } }],
    ['access.pausedReads', { access: { pausedReads: 1 } }],
    ['access.fullRefund', { access: { fullRefund: 'suspend' } }],
    ['access.dispute', { access: { dispute: 'end' } }],
    ['access.dispute', { access: { dispute: true } }],
    ['access.files', { access: { files: 'private' } }],
    ['access.files', { access: { files: true } }],
    ['checkout.allowedOrigins', { checkout: { allowedOrigins: 'https://front.example' } }],
    ['checkout.allowedOrigins[0]', { checkout: { allowedOrigins: ['https://front.example/'] } }],
    ['checkout.allowedOrigins[0]', { checkout: { allowedOrigins: ['front.example'] } }],
    ['checkout.allowedOrigins[0]', { checkout: { allowedOrigins: ['*'] } }],
    ['checkout.invoiceCreation', { checkout: { invoiceCreation: 'yes' } }],
    ['checkout.allowedOrigins[1]', { checkout: { allowedOrigins: ['https://a.example', null] } }],
    ['revenue.timeZone', { revenue: { timeZone: 'Mars/Olympus' } }],
    ['revenue.timeZone', { revenue: { timeZone: '' } }],
    ['pages.setPassword', { pages: { setPassword: '/set-password' } }],
    ['pages.claim', { pages: { claim: 'javascript:alert(1)' } }],
    ['stripe.requestsPerSecond', { stripe: { requestsPerSecond: 0 } }],
    ['stripe.requestsPerSecond', { stripe: { requestsPerSecond: 2.5 } }],
    ['stripe.restMilliseconds', { stripe: { restMilliseconds: -1 } }],
    ['stripe.restMilliseconds', { stripe: { restMilliseconds: 60_001 } }],
    ['reconcile.everyMinutes', { reconcile: { everyMinutes: 0 } }],
    ['reconcile.hour', { reconcile: { hour: 24 } }],
    ['reconcile.hour', { reconcile: { hour: '3' } }],
    ['limits.perMinute', { limits: { perMinute: 0 } }],
    ['limits.perMinute', { limits: { perMinute: 1.5 } }],
    ['clock', { clock: 1_700_000_000_000 }],
    ['stripe', { stripe: 'sk_test_ThisMustNeverBeSeen' }],
    ['stripe', { stripe: null }],
    ['access', { access: [] }],
    ['colour', { colour: 'blue' }],
    ['stripe', { stripe: { secret_key: SECRET } }],
    ['secret_key', { stripe: { secret_key: SECRET } }],
    ['the options', 'sk_test_ThisMustNeverBeSeen'],
  ])('name what is wrong: %s in %j', (name, options) => {
    const message = messageOf(options);
    expect(message).toContain(name);
    expect(message).toMatch(/^memberships: wrong options in config\/plugins: /);
    expect(message).not.toMatch(/NeverBeSeen|NorMustThis/);
  });

  it('name everything that is wrong at once', () => {
    const message = messageOf({
      access: { graceDays: -1 },
      revenue: { timeZone: 'nowhere' },
      limits: { perMinute: 0 },
    });
    for (const name of ['access.graceDays', 'revenue.timeZone', 'limits.perMinute']) {
      expect(message).toContain(name);
    }
  });

  it.each([
    [{ STRIPE_SECRET_KEY: 'pk_live_NeverBeSeen' }, 'stripe.secretKey'],
    [{ STRIPE_WEBHOOK_SECRET: `${SIGNING},NeverBeSeen` }, 'stripe.webhookSecrets[1]'],
    [{ STRIPE_API_BASE: 'no url' }, 'stripe.apiBase'],
  ])('check the environment as well: %j', (env, name) => {
    const message = messageOf({}, env);
    expect(message).toContain(name);
    expect(message).not.toMatch(/NeverBeSeen|NorMustThis/);
  });
});
