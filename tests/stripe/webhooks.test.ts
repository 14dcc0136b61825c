import { openBench, secret, startReceiver, type Bench } from './testing';

describe('Webhooks', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  it('carries the headers Stripe sends', async () => {
    await bench.stripe.products.create({ name: 'Gold' });
    await bench.sim.idle();
    expect(bench.hook.headers[0]).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    });
    expect(bench.hook.headers[0]?.['stripe-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
  });

  it('tries again after a 500 and gives up after the last attempt', async () => {
    const { sim, stripe, hook } = bench;
    hook.statuses.push(500, 500);
    await stripe.products.create({ name: 'Gold' });
    await sim.idle();
    expect(
      sim.deliveries().map(({ attempt, status, willRetry }) => [attempt, status, willRetry])
    ).toEqual([
      [1, 500, true],
      [2, 500, true],
      [3, 200, false],
    ]);
    const [event] = (await stripe.events.list()).data;
    expect(event?.pending_webhooks).toBe(0);

    hook.statuses.push(500, 500, 500, 500);
    await stripe.products.create({ name: 'Silver' });
    await sim.idle();
    expect(sim.deliveries()).toHaveLength(7);
    const [lost] = (await stripe.events.list()).data;
    expect(lost?.pending_webhooks).toBe(1);
    expect(hook.events).toHaveLength(1);
    const undelivered = await stripe.events.list({ delivery_success: false });
    expect(undelivered.data.map((row) => row.id)).toEqual([lost?.id]);
    sim.resend(lost?.id ?? '');
    await sim.idle();
    expect(hook.events).toHaveLength(2);
  });

  it('says what happened when nobody listens', async () => {
    const { sim, stripe, hook } = bench;
    await hook.close();
    await stripe.products.create({ name: 'Gold' });
    await sim.idle();
    expect(sim.deliveries()).toHaveLength(4);
    expect(sim.deliveries()[0]).toMatchObject({ status: null, ok: false, type: 'product.created' });
    expect(sim.deliveries()[0]?.error).toContain('ECONNREFUSED');
  });

  it('sends an endpoint what it asked for, with the secret only it was told', async () => {
    const { sim, stripe } = bench;
    const other = await startReceiver();
    const endpoint = await stripe.webhookEndpoints.create({
      url: other.url,
      enabled_events: ['price.created'],
    });
    expect(endpoint.secret).toMatch(/^whsec_/);
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
    const product = await stripe.products.create({ name: 'Gold' });
    await stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 100 });
    await sim.idle();
    expect(other.headers).toHaveLength(1 + 3);
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    await stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 200 });
    await sim.idle();
    expect(other.headers).toHaveLength(4);
    await stripe.webhookEndpoints.del(endpoint.id);
    expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
    await other.close();
  });

  it('can be listened to in process', async () => {
    const seen: string[] = [];
    const stop = bench.sim.onEvent((event) => seen.push(event.type));
    await bench.stripe.customers.create({});
    stop();
    await bench.stripe.customers.create({});
    expect(seen).toEqual(['customer.created']);
  });

  it('signs with the machine clock, whatever the simulated one says', async () => {
    await bench.sim.advance({ to: Date.UTC(2040, 0, 1) });
    await bench.stripe.products.create({ name: 'Gold' });
    await bench.sim.idle();
    expect(bench.hook.events.at(-1)?.created).toBe(Date.UTC(2040, 0, 1) / 1000);
    expect(secret).toBe(bench.sim.webhookSecret);
  });
});
