import type { EndpointReport, EndpointWarningCode, Health } from '../../contracts';
import { startStripe, type StripeSimulator } from '../stripe';
import { addAdmin, addRole, type Admin } from '../support/admin';
import { openLine, type Line } from '../support/line';
import { openShop, START, WEBHOOK_SECRET, type Shop } from '../support/shop';

/** What the Health page knows, and the webhook endpoint it can register and mend. */
const HOME = 'https://shop.example';
const HOOK = `${HOME}/api/memberships/webhook`;

let stripe: StripeSimulator;
let line: Line;
let shop: Shop;
let admin: Admin;

beforeAll(async () => {
  stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  line = await openLine(stripe.url);
  const env = { STRIPE_API_BASE: line.url, PUBLIC_URL: HOME };
  shop = await openShop({ simulator: stripe, env });
  admin = await addAdmin(shop, 'strapi-super-admin');
});
afterAll(async () => {
  await shop.stop();
  await line.close();
  await stripe.close();
});
afterEach(() => line.mend());

const health = async (): Promise<Health> => {
  const { status, body } = await admin.get('/health');
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain(stripe.secretKey);
  expect(JSON.stringify(body)).not.toContain(WEBHOOK_SECRET);
  return body.data;
};

const report = async (): Promise<EndpointReport> => (await admin.get('/endpoint')).body.data;

const codes = ({ warnings }: Pick<EndpointReport, 'warnings'>): EndpointWarningCode[] =>
  warnings.map(({ code }) => code);

const registered = async () =>
  (await shop.client.webhookEndpoints.list()).data.filter(({ url }) => url === HOOK);

test('tells of Stripe, the inbox, the cursor, the pace and the site', async () => {
  await shop.buy(await shop.register('first'), await shop.price(await shop.tier('Gold')));
  const found = await health();
  expect(found.stripe).toMatchObject({
    configured: true,
    mode: 'test',
    account: expect.stringMatching(/^acct_/),
    reachable: true,
    error: null,
  });
  expect(Math.abs(found.stripe.clockSkew ?? Infinity)).toBeLessThan(60_000);
  expect(found.inbox).toMatchObject({ pending: 0, dead: 0, oldestPendingAt: null });
  expect(found.inbox.done).toBeGreaterThan(0);
  expect(found.inbox.lastReceivedAt).toBe(found.checkedAt);
  expect(found.site.confirmed).toBe(true);
  expect(found.pace).toMatchObject({ perSecond: 10_000, pausedUntil: null });
  expect(found.reconcile).toBeNull();
});

test('answers all the same when Stripe does not', async () => {
  stripe.faults.set({ seed: 1, api: [{ kind: 'timeout', call: 'GET /v1/webhook_endpoints' }] });
  const started = Date.now();
  const found = await health();
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(found.stripe).toMatchObject({ reachable: false, error: expect.any(String) });
  expect(codes(found.endpoint)).toContain('stripe-unavailable');
  stripe.faults.clear();
});

describe('the endpoint', () => {
  test('is not there at first', async () => {
    const found = await report();
    expect(found).toMatchObject({ url: HOOK, registered: null });
    expect(codes(found)).toEqual(['not-registered']);
  });

  test('is registered, and its secret told once', async () => {
    const { status, body, headers } = await admin.post('/endpoint');
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('no-store');
    expect(body.data).toMatchObject({
      action: 'created',
      secret: expect.stringMatching(/^whsec_/),
    });
    expect(codes(body.data.report)).toEqual([]);
    const [made] = await registered();
    expect(made).toMatchObject({ status: 'enabled', api_version: '2026-10-28.endive' });
    expect(made?.enabled_events).toEqual(
      expect.arrayContaining(['invoice.paid', 'charge.dispute.created', 'promotion_code.updated'])
    );
    const again = await admin.post('/endpoint');
    expect(again.body.data).toMatchObject({ action: 'unchanged', secret: null });
    expect(await registered()).toHaveLength(1);
    const everything = JSON.stringify([shop.logs, await health(), await report()]);
    expect(everything).not.toContain(body.data.secret);
    expect(
      JSON.stringify(await shop.strapi.db.connection('strapi_core_store_settings'))
    ).not.toContain(body.data.secret);
  });

  test('is mended where it is disabled or lacks events', async () => {
    const [made] = await registered();
    await shop.client.webhookEndpoints.update(made?.id ?? '', {
      disabled: true,
      enabled_events: ['invoice.paid'],
    });
    const before = await report();
    expect(codes(before).sort()).toEqual(['disabled', 'events-missing']);
    expect(before.registered?.missingEvents).toContain('invoice.payment_failed');
    const { body } = await admin.post('/endpoint');
    expect(body.data).toMatchObject({ action: 'updated', secret: null });
    expect(codes(body.data.report)).toEqual([]);
  });

  test('of another API version is made anew; the old one goes once that is in place', async () => {
    const [made] = await registered();
    await shop.client.webhookEndpoints.del(made?.id ?? '');
    const old = stripe.addWebhook(HOOK, { apiVersion: '2024-06-20' });
    stripe.faults.set({ seed: 1, delivery: [{ kind: 'drop' }] });
    expect(codes(await report())).toEqual(['version-mismatch']);
    const { body } = await admin.post('/endpoint');
    expect(body.data).toMatchObject({ action: 'replaced', secret: expect.any(String) });
    expect((await registered()).map(({ id }) => id)).toContain(old.id);
    const cleaned = await admin.post('/endpoint');
    expect(cleaned.body.data).toMatchObject({ action: 'updated', secret: null });
    expect((await registered()).map(({ id }) => id)).not.toContain(old.id);
    stripe.faults.clear();
  });

  test('has traffic, type by type', async () => {
    const { traffic } = await report();
    expect(traffic.find(({ type }) => type === 'invoice.paid')).toMatchObject({
      sentAt: new Date(START).toISOString(),
      receivedAt: new Date(START).toISOString(),
    });
    expect(traffic.find(({ type }) => type === 'invoice.voided')).toMatchObject({
      sentAt: null,
      receivedAt: null,
    });
  });

  test('of the other mode is found out', async () => {
    await shop.rows('inbox').create({
      data: {
        stripeId: 'evt_live',
        account: 'acct_x',
        livemode: true,
        type: 'invoice.paid',
        status: 'ignored',
        polled: false,
        receivedAt: new Date(START).toISOString(),
      },
    });
    expect(codes(await report())).toEqual(['wrong-mode']);
    await shop.rows('inbox').deleteMany({ where: { stripeId: 'evt_live' } });
  });

  test('that brings nothing is found out by what had to be fetched', async () => {
    const { account } = (await health()).stripe;
    const fetched = (index: number) => ({
      stripeId: `evt_fetched_${index}`,
      account,
      livemode: false,
      type: 'invoice.paid',
      status: 'ignored',
      polled: true,
      receivedAt: new Date(START).toISOString(),
    });
    for (const index of [1, 2]) await shop.rows('inbox').create({ data: fetched(index) });
    expect(codes(await report())).toEqual([]);
    await shop.rows('inbox').create({ data: fetched(3) });
    expect(codes(await report())).toEqual(['unreachable']);
    await shop.rows('inbox').create({ data: { ...fetched(4), polled: false } });
    expect(codes(await report())).toEqual([]);
    const ours = { stripeId: { $startsWith: 'evt_fetched_' } };
    await shop.rows('inbox').deleteMany({ where: ours });
  });

  test.each([
    ['behind', 400_000],
    ['ahead of', -400_000],
  ])('is signed by a clock that this machine’s is %s', async (said, by) => {
    line.shift(by);
    await report();
    const { warnings } = await report();
    expect(warnings).toMatchObject([
      { code: 'clock-skew', message: expect.stringContaining(said) },
    ]);
    line.mend();
    await report();
    expect(codes(await report())).toEqual([]);
  });

  test('is not written on a copied database', async () => {
    const store = shop.strapi.store({ type: 'plugin', name: 'memberships', key: 'site' });
    const kept = await store.get({});
    await store.set({ value: { url: 'https://home.example', account: null } });
    const { status, body } = await admin.post('/endpoint');
    expect([status, body.error.details.code]).toEqual([503, 'site-unconfirmed']);
    expect((await health()).site.confirmed).toBe(false);
    await store.set({ value: kept });
  });
});

test('is for those who may', async () => {
  await addRole(shop, 'looker', ['plugin::memberships.health.read']);
  const looker = await addAdmin(shop, 'looker');
  expect((await looker.get('/health')).status).toBe(200);
  expect((await looker.get('/endpoint')).status).toBe(200);
  expect((await looker.post('/endpoint')).status).toBe(403);
  await addRole(shop, 'stranger', []);
  expect((await (await addAdmin(shop, 'stranger')).get('/health')).status).toBe(403);
});
