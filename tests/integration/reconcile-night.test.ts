import { getService } from '../../server/src/get-service';
import { startStripe, type StripeSimulator } from '../stripe';
import { openLine, type Line } from '../support/line';
import { DAY, openShop, START, type Reader, type Shop } from '../support/shop';

/** What comes back by itself: by Stripe's list of events within minutes, by the night's walk at last. */
const MINUTE = 60_000;

let stripe: StripeSimulator;
let line: Line;
let shop: Shop;
let monthly: string;

beforeAll(async () => {
  stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  line = await openLine(stripe.url);
  shop = await openShop({
    simulator: stripe,
    env: { STRIPE_API_BASE: line.url },
    options: {
      checkout: { allowedOrigins: ['https://front.example'] },
      limits: { perMinute: 10_000 },
      stripe: { requestsPerSecond: 10_000 },
      revenue: { timeZone: 'Europe/Paris' },
      reconcile: { everyMinutes: 5, hour: 3 },
    },
  });
  monthly = await shop.price(await shop.tier('Gold'));
  await shop.background.idle();
});
afterAll(async () => {
  await shop.stop();
  await line.close();
  await stripe.close();
});
afterEach(() => {
  stripe.faults.clear();
  line.mend();
});

const deaf = (): void => stripe.faults.set({ seed: 1, delivery: [{ kind: 'drop' }] });

const cursor = async () => {
  const row = await shop.rows('cursor').findOne({ where: {} });
  if (!row) throw new Error('there is no cursor');
  return row;
};

const runs = () => shop.rows('run').findMany({ orderBy: { id: 'asc' } });

const tiersOf = async (reader: Reader): Promise<string[]> =>
  (await shop.me(reader)).tiers.map(({ slug }) => slug);

test('a fresh site walks once, and begins its cursor', async () => {
  expect(await runs()).toMatchObject([{ trigger: 'night', repairs: true, status: 'done' }]);
  expect(new Date((await cursor()).upTo).getTime()).toBe(START);
});

test('what no delivery brought is found in Stripe’s list, and nothing happens twice', async () => {
  const heard = await shop.register('heard');
  await shop.buy(heard, monthly);
  const lost = await shop.register('lost');
  deaf();
  await shop.buy(lost, monthly);
  expect(await tiersOf(lost)).toEqual([]);
  const movements = await shop.rows('movement').count();

  await shop.advance(6 * MINUTE);
  expect(await tiersOf(lost)).toEqual(['gold']);
  // The card it is paid with became the customer's: an event that the next look finds.
  await shop.advance(6 * MINUTE);
  const { found, upTo } = await cursor();
  expect(found).toBeGreaterThan(2);
  expect(new Date(upTo).getTime()).toBe(stripe.now() - MINUTE);
  expect(await shop.rows('movement').count()).toBe(movements + 1);

  // Delivered late: known already.
  const work = () => shop.rows('inbox').count({ where: { key: { $notNull: true } } });
  const [before, worked] = [await shop.counts(), await work()];
  stripe.faults.clear();
  for (const { id } of stripe.events()) stripe.resend(id);
  await shop.settle();
  // What changes nothing here is recorded when it is delivered.
  expect(await shop.counts()).toEqual({ ...before, inbox: expect.any(Number) });
  expect(await work()).toBe(worked);
  await shop.advance(6 * MINUTE);
  expect((await cursor()).found).toBe(found);
});

test('a list of events that takes its time keeps no delivery waiting', async () => {
  const reader = await shop.register('patient');
  const { body } = await shop.checkout(reader, monthly);
  const asked = line.hold(/GET \/v1\/events/);
  await stripe.advance(6 * MINUTE);
  shop.background.wake();
  await asked;

  const granted = new Promise<void>((resolve) => {
    shop.strapi.eventHub.once('membership.granted', () => Promise.resolve(resolve()));
  });
  stripe.pay(body.data.sessionId);
  await granted;
  expect(await tiersOf(reader)).toEqual(['gold']);
  line.mend();
  await shop.background.idle();
});

test('the cursor stays where it is while Stripe is away, and catches up', async () => {
  const reader = await shop.register('outage');
  deaf();
  await shop.buy(reader, monthly);
  const { upTo } = await cursor();
  line.refuse(/GET \/v1\/events/, 500, { type: 'api_error', message: 'away' });
  await shop.advance(20 * MINUTE);
  expect((await cursor()).upTo).toBe(upTo);
  expect(await tiersOf(reader)).toEqual([]);
  line.mend();
  await shop.advance(MINUTE);
  expect(await tiersOf(reader)).toEqual(['gold']);
});

test('an event that is older than the cursor and appears late is found', async () => {
  await shop.advance(30 * MINUTE);
  const { id } = (await shop.rows('inbox').findOne({
    where: { type: 'customer.subscription.created' },
    orderBy: { id: 'desc' },
  })) ?? { id: 0 };
  const reader = await shop.register('late-event');
  deaf();
  await shop.buy(reader, monthly);
  // The cursor has passed them when Stripe lists them.
  const row = await cursor();
  await shop.rows('cursor').updateMany({
    where: { id: row.id },
    data: { upTo: new Date(stripe.now() + MINUTE).toISOString() },
  });
  await shop.advance(6 * MINUTE);
  expect(id).toBeGreaterThan(0);
  expect(await tiersOf(reader)).toEqual(['gold']);
});

test('the night repairs what the list no longer tells, at the site’s own hour', async () => {
  const reader = await shop.register('night');
  deaf();
  await shop.buy(reader, monthly);
  // As if it were long past: nothing of it is listed.
  const row = await cursor();
  await shop.rows('cursor').updateMany({
    where: { id: row.id },
    data: {
      upTo: new Date(stripe.now() + 30 * MINUTE).toISOString(),
      polledAt: new Date(stripe.now()).toISOString(),
    },
  });
  const before = (await runs()).length;
  // 3:00 in Paris in winter is 2:00 in UTC.
  const night = Date.UTC(2026, 0, 16, 2);
  await shop.advance(night - stripe.now() - MINUTE);
  await shop.rows('cursor').updateMany({
    where: { id: row.id },
    data: {
      upTo: new Date(night + DAY).toISOString(),
      polledAt: new Date(night).toISOString(),
    },
  });
  expect((await runs()).length).toBe(before);
  await shop.advance(2 * MINUTE);
  expect((await runs()).length).toBe(before + 1);
  expect((await runs()).at(-1)).toMatchObject({ trigger: 'night', status: 'done', error: null });
  expect(await tiersOf(reader)).toEqual(['gold']);
  await shop.advance(60 * MINUTE);
  expect((await runs()).length).toBe(before + 1);
});

test('after more than thirty days a walk finds what the list no longer holds', async () => {
  await shop.rows('cursor').updateMany({
    where: {},
    data: {
      upTo: new Date(stripe.now() - 40 * DAY).toISOString(),
      polledAt: new Date(stripe.now() - 40 * DAY).toISOString(),
    },
  });
  shop.background.wake();
  await shop.background.idle();
  expect((await runs()).at(-1)).toMatchObject({ trigger: 'gap', repairs: true, status: 'done' });
  expect(new Date((await cursor()).upTo).getTime()).toBe(stripe.now() - MINUTE);
});

test('a walk that is broken off goes on from its last page', async () => {
  const customer = await shop.client.customers.create();
  const card = await shop.client.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  deaf();
  const { stripeId: price } = (await shop.rows('price').findOne({ where: {} })) ?? {};
  for (let made = 0; made < 110; made += 1) {
    await shop.client.subscriptions.create({
      customer: customer.id,
      items: [{ price: price ?? '' }],
      default_payment_method: card.id,
    });
  }
  await shop.settle();
  const { reconcile } = getService(shop.strapi, 'billing');
  await reconcile.start(null);
  line.refuse(/GET \/v1\/invoices/, 500, { type: 'api_error', message: 'away' });
  shop.background.wake();
  await shop.background.idle();
  const broken = (await runs()).at(-1);
  expect(broken).toMatchObject({ status: 'running', phase: 'invoices', position: null });
  expect(broken?.done).toBeGreaterThan(110);
  line.mend();
  line.requests.length = 0;
  shop.background.wake();
  await shop.background.idle();
  expect(line.requests.filter((name) => /GET \/v1\/subscriptions\?/.test(name))).toEqual([]);
  expect((await runs()).at(-1)).toMatchObject({ status: 'done', differences: 110 });
});

test('two instances walk once', async () => {
  const { reconcile } = getService(shop.strapi, 'billing');
  const started = await Promise.allSettled([reconcile.start('one'), reconcile.start('two')]);
  expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  line.requests.length = 0;
  await Promise.all([reconcile.walk(() => undefined), reconcile.walk(() => undefined)]);
  const first = line.requests.filter((name) =>
    /GET \/v1\/refunds\?limit=100&expand\S*charge$/.test(name)
  );
  expect(first).toHaveLength(1);
});
