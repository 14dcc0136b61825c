import { startStripe, type StripeSimulator } from '../stripe';
import { openLine, type Line } from '../support/line';
import { openShop, START, type Shop } from '../support/shop';

/** What is fetched once for many events that trickle in; the machine's time, see `billing/rests.ts`. */
const REST = 1_500;

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
      stripe: { requestsPerSecond: 10_000, restMilliseconds: REST },
      reconcile: { everyMinutes: null, hour: null },
    },
  });
  monthly = await shop.price(await shop.tier('Gold'));
});
afterAll(async () => {
  await shop.stop();
  await line.close();
  await stripe.close();
});

const fetchesOf = (id: string): number =>
  line.requests.filter((name) => name.startsWith(`GET /v1/subscriptions/${id}`)).length;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const buy = async (name: string) => {
  const reader = await shop.register(name);
  await shop.buy(reader, monthly);
  const row = await shop.rows('subscription').findOne({ orderBy: { id: 'desc' } });
  return { reader, id: row?.stripeId ?? '' };
};

const quantityOf = async (stripeId: string) => {
  const row = await shop.rows('subscription').findOne({ where: { stripeId } });
  return row?.items?.[0]?.quantity;
};

test('events that come while their key rests are answered by one fetch, with what it became', async () => {
  const { id } = await buy('trickle');
  const { data } = await shop.client.subscriptionItems.list({ subscription: id });
  const [item] = data;
  const before = fetchesOf(id);
  for (let quantity = 2; quantity <= 7; quantity += 1) {
    const events = await shop.rows('inbox').count({ where: { key: id } });
    await shop.client.subscriptions.update(id, {
      items: [{ id: item?.id, quantity }],
      proration_behavior: 'none',
    });
    await until(async () => (await shop.rows('inbox').count({ where: { key: id } })) > events);
  }
  await shop.settle();
  expect(await quantityOf(id)).toBe(7);
  // One of the rest that the purchase had begun, and one more where the six took longer than it.
  expect(fetchesOf(id) - before).toBeLessThanOrEqual(2);
  expect(await shop.rows('inbox').count({ where: { key: id, status: 'pending' } })).toBe(0);
});

test('the first event of a quiet key waits for nothing', async () => {
  const { id } = await buy('quiet');
  await new Promise((resolve) => setTimeout(resolve, REST));
  await shop.settle();
  const started = performance.now();
  await shop.client.subscriptions.update(id, { cancel_at_period_end: true });
  await until(async () => {
    const row = await shop.rows('subscription').findOne({ where: { stripeId: id } });
    return row?.cancelAtPeriodEnd === true;
  });
  expect(performance.now() - started).toBeLessThan(REST);
});

test('the success page waits for no rest', async () => {
  const reader = await shop.register('thanks');
  const { body } = await shop.checkout(reader, monthly);
  const { sessionId } = body.data;
  stripe.pay(sessionId);
  await stripe.idle();
  const answer = await shop.http.post('/api/memberships/checkout/sync').send({ sessionId });
  expect(answer.body.data).toMatchObject({ status: 'complete', synced: true });
  expect((await shop.me(reader)).tiers).toMatchObject([{ slug: 'gold' }]);
  await shop.settle();
});

test('a whole checkout asks Stripe for its subscription twice or three times', async () => {
  const before = line.requests.length;
  const { id } = await buy('whole');
  expect(fetchesOf(id)).toBeLessThanOrEqual(3);
  // The session itself is asked for by its sale; the rest is customer, card and invoice.
  expect(line.requests.slice(before).length).toBeLessThan(25);
});
