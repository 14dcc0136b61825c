import { createPacer } from '../../server/src/billing/pace';
import { getService } from '../../server/src/get-service';
import { startStripe, type StripeSimulator } from '../stripe';
import { openLine, type Line } from '../support/line';
import { openShop, START, type Shop } from '../support/shop';

/** The rate of requests to Stripe, by the machine's clock: instances share it through one row. */
let stripe: StripeSimulator;
let line: Line;
let shop: Shop;

beforeAll(async () => {
  stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  line = await openLine(stripe.url);
  shop = await openShop({ simulator: stripe, env: { STRIPE_API_BASE: line.url } });
});
afterAll(async () => {
  await shop.stop();
  await line.close();
  await stripe.close();
});
afterEach(() => stripe.faults.clear());

/** The most that happened within any second. */
const busiest = (times: number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

const access = () => getService(shop.strapi, 'billing').stripe;

const reset = () => shop.rows('pace').deleteMany({ where: {} });

test('three instances stay under the rate together, and reserve by the chunk', async () => {
  await reset();
  const pacers = [1, 2, 3].map(() => createPacer(shop.strapi, 25));
  const times: number[] = [];
  let writes = 0;
  const listen = ({ sql }: { sql: string }) => {
    if (/^update/i.test(sql) && sql.includes('memberships_paces')) writes += 1;
  };
  shop.strapi.db.connection.on('query', listen);
  await Promise.all(
    pacers.map(async (pacer) => {
      for (let asked = 0; asked < 20; asked += 1) {
        await pacer.slot();
        times.push(performance.now());
      }
    })
  );
  shop.strapi.db.connection.removeListener('query', listen);
  expect(times).toHaveLength(60);
  expect(busiest(times)).toBeLessThanOrEqual(25);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2_500);
  expect(writes).toBeLessThan(60);
});

test('members do not wait, and what they ask is taken off the rest', async () => {
  await reset();
  const pacer = createPacer(shop.strapi, 25);
  const started = performance.now();
  await Promise.all(Array.from({ length: 25 }, () => pacer.member()));
  expect(performance.now() - started).toBeLessThan(500);
  // A second's worth is gone.
  await pacer.slot();
  expect(performance.now() - started).toBeGreaterThan(600);
});

test('a 429 is tried again once the pause is over, by whoever asks', async () => {
  await reset();
  stripe.faults.set({
    seed: 1,
    api: [{ kind: 'rate_limit', call: 'GET /v1/products', count: 1, retryAfter: 1 }],
  });
  line.requests.length = 0;
  const started = performance.now();
  const limited = access().paced.client().products.list();
  const other = (async () => {
    while (line.requests.length === 0) await new Promise(setImmediate);
    return limited;
  })();
  await expect(limited).resolves.toMatchObject({ object: 'list' });
  await other;
  expect(performance.now() - started).toBeGreaterThan(900);
  expect(line.requests.filter((name) => name.startsWith('GET /v1/products'))).toHaveLength(2);
  expect(await access().pacer.look()).toMatchObject({ strikes: 0 });
});

test('another instance waits for a pause that it did not cause', async () => {
  await reset();
  const [one, other] = [createPacer(shop.strapi, 25), createPacer(shop.strapi, 25)];
  await one.refused(700);
  const started = performance.now();
  await other.slot();
  expect(performance.now() - started).toBeGreaterThan(600);
});

test.each(['member', 'paced'] as const)(
  'an answer that is none of Stripe’s is an error to every caller: %s',
  async (who) => {
    await reset();
    stripe.faults.set({ seed: 1, api: [{ kind: 'bare', call: 'GET /v1/prices' }] });
    const client = who === 'paced' ? access().paced.client() : access().client();
    const asked = client.prices.list({}, { maxNetworkRetries: 0 });
    await expect(asked).rejects.toMatchObject({ type: 'StripeAPIError' });
  }
);
