import Library from 'stripe';
import { stripeClient } from './index';
import { failure, join, openBench, secret, sell } from './testing';

describe('Faults of the API', () => {
  it('answer 429 with Retry-After, without taking effect, as often as asked', async () => {
    const { sim, stripe } = await openBench();
    sim.faults.set({
      api: [{ kind: 'rate_limit', call: 'POST /v1/customers', count: 2, retryAfter: 3 }],
    });
    const error = await failure(stripe.customers.create({}));
    expect(error.statusCode).toBe(429);
    expect(error.headers?.['retry-after']).toBe('3');
    await failure(stripe.customers.create({}));
    await stripe.customers.create({});
    const { data } = await stripe.customers.list();
    expect(data).toHaveLength(1);
    expect(sim.faults.log.map((each) => each.kind)).toEqual(['rate_limit', 'rate_limit']);
  });

  it('answer 500, or a body without an error, before or after the call took effect', async () => {
    const { sim, stripe } = await openBench();
    sim.faults.set({
      api: [
        { kind: 'error', call: 'POST /v1/customers', count: 1 },
        { kind: 'error', call: 'POST /v1/customers', count: 1, done: true },
        { kind: 'bare', call: 'POST /v1/products', count: 1 },
      ],
    });
    expect((await failure(stripe.customers.create({ name: 'Lost' }))).statusCode).toBe(500);
    expect((await failure(stripe.customers.create({ name: 'Kept' }))).statusCode).toBe(500);
    expect((await stripe.customers.list()).data.map((row) => row.name)).toEqual(['Kept']);
    // The library takes a body without `error` for an answer, whatever its status.
    expect(await stripe.products.create({ name: 'x' })).not.toHaveProperty('id');
  });

  it('replay what took effect to the same idempotency key', async () => {
    const { sim } = await openBench();
    const stripe = stripeClient(sim);
    const key = { idempotencyKey: 'once' };
    sim.faults.set({ api: [{ kind: 'half', call: 'POST /v1/customers', count: 1 }] });
    // Half an answer is not retried by the library.
    expect((await failure(stripe.customers.create({ name: 'Once' }, key))).statusCode).toBe(
      undefined
    );
    const made = await stripe.customers.create({ name: 'Once' }, key);
    expect((await stripe.customers.list()).data.map((row) => row.id)).toEqual([made.id]);
  });

  it('never answer, or late', async () => {
    const { sim } = await openBench();
    const stripe = stripeClient(sim, { timeout: 60 });
    sim.faults.set({
      api: [
        { kind: 'timeout', call: 'GET /v1/customers', count: 1 },
        { kind: 'slow', call: 'GET /v1/products', count: 1, delay: 5 },
      ],
    });
    const error = await failure(stripe.customers.list());
    expect(error.type).toBe('StripeConnectionError');
    expect((await stripe.products.list()).data).toEqual([]);
  });
});

describe('Faults of delivery', () => {
  it('drop, duplicate and reorder, and say which', async () => {
    const { sim, stripe, hook } = await openBench();
    sim.faults.set({
      delivery: [
        { kind: 'drop', events: ['product.created'] },
        { kind: 'duplicate', events: ['customer.created'], copies: 2 },
        { kind: 'reorder', events: ['coupon.created'], by: 1 },
      ],
    });
    await stripe.products.create({ name: 'x' });
    await stripe.coupons.create({ percent_off: 10 });
    await stripe.customers.create({});
    await sim.idle();
    const created = 'customer.created';
    expect(hook.types()).toEqual([created, created, created, 'coupon.created']);
    const dropped = sim.faults.log.filter((each) => each.kind === 'drop');
    const [product] = sim.events().filter((event) => event.type === 'product.created');
    expect(dropped.map((each) => each.event)).toEqual([product?.id]);
  });

  it.each(['corrupt', 'wrong_secret', 'old_timestamp'] as const)(
    'spoil the first attempt and let the retry through: %s',
    async (kind) => {
      const { sim, stripe, hook } = await openBench();
      sim.faults.set({ delivery: [{ kind }] });
      await stripe.customers.create({});
      await sim.idle();
      expect(hook.types()).toEqual(['customer.created']);
      expect(sim.deliveries().map(({ status, faults }) => [status, faults])).toEqual([
        [400, [kind]],
        [200, []],
      ]);
    }
  );

  it('sign for another time', async () => {
    const { sim, stripe, hook } = await openBench();
    sim.faults.set({ delivery: [{ kind: 'future_timestamp', seconds: 3600 }] });
    await stripe.customers.create({});
    await sim.idle();
    const signature = String(hook.headers[0]?.['stripe-signature']);
    const timestamp = Number(/t=(\d+)/.exec(signature)?.[1]);
    expect(timestamp).toBeGreaterThan(Date.now() / 1000 + 3500);
  });

  it('strike the same ones for the same seed', async () => {
    const struck = async (seed: number) => {
      const { sim, stripe } = await openBench();
      sim.faults.set({ seed, delivery: [{ kind: 'drop', probability: 0.5 }] });
      for (let made = 0; made < 24; made += 1) await stripe.customers.create({});
      await sim.idle();
      const dropped = new Set(sim.faults.log.map((each) => each.event));
      return sim.events().map((event) => dropped.has(event.id));
    };
    const first = await struck(7);
    expect(await struck(7)).toEqual(first);
    expect(await struck(8)).not.toEqual(first);
    expect(first).toContain(true);
    expect(first).toContain(false);
  });

  it('are set, listed and cleared from another process', async () => {
    const { sim, stripe } = await openBench();
    const control = (method: string, path: string, body?: object) =>
      fetch(`${sim.url}/_sim/${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    expect((await control('POST', 'faults', { api: [{ kind: 'gremlin' }] })).status).toBe(400);
    await control('POST', 'faults', { api: [{ kind: 'error' }] });
    await failure(stripe.customers.list());
    const { log }: { log: { kind: string }[] } = JSON.parse(
      await (await control('GET', 'faults/log')).text()
    );
    expect(log.map((each) => each.kind)).toEqual(['error']);
    await control('DELETE', 'faults');
    expect((await stripe.customers.list()).data).toEqual([]);
  });
});

describe('Endpoints of an earlier API version', () => {
  it('get the shapes of their generation', async () => {
    const { sim, stripe, hook } = await openBench();
    const endpoint = await stripe.webhookEndpoints.create({
      url: hook.url,
      enabled_events: ['*'],
      api_version: '2025-02-24.acacia',
    });
    sim.worldFor(false).tables.webhookEndpoints.put({
      ...Object.assign(endpoint, { object: 'webhook_endpoint' as const }),
      application: null,
      secret,
    });
    const price = await sell(stripe);
    await join({ sim, stripe }, price.id);
    await sim.idle();
    const of = (type: string, version: string): Record<string, unknown> => {
      const event = hook.events.find((each) => each.type === type && each.api_version === version);
      return { ...event?.data.object };
    };
    const old = '2025-02-24.acacia';
    const invoice = of('invoice.paid', old);
    expect(invoice.paid).toBe(true);
    expect(invoice.subscription).toMatch(/^sub_/);
    expect(invoice.payment_intent).toMatch(/^pi_/);
    expect(invoice.parent).toBeUndefined();
    const subscription = of('customer.subscription.updated', old);
    expect(subscription.current_period_end).toBeGreaterThan(sim.now() / 1000);
    expect(subscription.customer_account).toBeUndefined();
    const now = of('invoice.paid', Library.API_VERSION);
    expect(now.paid).toBeUndefined();
    expect(now.parent).toBeDefined();
  });
});
