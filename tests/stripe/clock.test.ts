import { day, hour, openBench, sell, start, type Bench } from './testing';

describe('Time', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  it('stands still until it is moved, and does not run back', async () => {
    const { sim } = bench;
    expect(sim.now()).toBe(start);
    await sim.advance(hour);
    await sim.advance({ to: start });
    expect(sim.now()).toBe(start + hour);
  });

  it('moves customers of a test clock without the others', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start / 1000 });
    const subscribe = async (test_clock?: string) => {
      const customer = await stripe.customers.create(test_clock ? { test_clock } : {});
      const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
      return stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        default_payment_method: card.id,
      });
    };
    const onClock = await subscribe(clock.id);
    const onMachine = await subscribe();
    expect(onClock.test_clock).toBe(clock.id);

    const target = start / 1000 + 65 * 86_400;
    const advancing = await stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: target,
    });
    expect(advancing.status).toBe('advancing');
    const ready = await stripe.testHelpers.testClocks.retrieve(clock.id);
    expect(ready).toMatchObject({ status: 'ready', frozen_time: target });

    const count = async (subscription: string) =>
      (await stripe.invoices.list({ subscription })).data.length;
    expect(await count(onClock.id)).toBe(3);
    expect(await count(onMachine.id)).toBe(1);
    await sim.advance(65 * day);
    expect(await count(onClock.id)).toBe(3);
    expect(await count(onMachine.id)).toBe(3);
    expect((await stripe.customers.list()).data).toHaveLength(1);
    expect((await stripe.customers.list({ test_clock: clock.id })).data).toHaveLength(1);

    await stripe.testHelpers.testClocks.del(clock.id);
    expect((await stripe.subscriptions.retrieve(onClock.id)).status).toBe('canceled');
  });

  it('is driven from another process too', async () => {
    const { sim, stripe } = bench;
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${sim.url}/_sim/${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: await response.json() };
    };
    expect((await call('GET', 'clock')).body).toEqual({ now: start, seconds: start / 1000 });
    await call('POST', 'clock', { advance: 60 });
    expect(sim.now()).toBe(start + 60_000);
    await call('POST', 'clock', { to: start / 1000 + 120 });
    expect(sim.now()).toBe(start + 120_000);
    expect((await call('POST', 'clock', {})).status).toBe(400);
    await stripe.customers.create({});
    expect((await call('POST', 'idle')).body).toEqual({ idle: true });
    const { body } = await call('GET', 'deliveries');
    expect(body).toMatchObject({ deliveries: [{ type: 'customer.created', ok: true }] });
    expect((await call('GET', 'nothing')).status).toBe(404);
  });

  it('delivers each step before the next when it is asked to settle', async () => {
    const { sim, stripe, hook } = bench;
    const price = await sell(stripe);
    const customer = await stripe.customers.create({});
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      default_payment_method: card.id,
    });
    await sim.idle();
    hook.clear();
    await sim.advance(60 * day, { settle: true });
    expect(hook.types().filter((type) => type === 'invoice.paid')).toHaveLength(2);
  });
});
