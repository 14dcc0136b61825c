import { day, failure, idOf, join, openBench, periodEnd, sell } from './testing';

describe('A pending update', () => {
  it('is made once it is paid', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe, { unit_amount: 1000 });
    const best = await sell(stripe, { unit_amount: 9000 }, 'Best');
    const made = await join({ sim, stripe }, gold.id, {}, 'pm_card_visa');
    const customer = idOf(made.customer);
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.subscriptions.update(made.id, { default_payment_method: bad.id });
    const items = [{ id: made.items.data[0]?.id ?? '', price: best.id }];
    const waiting = await stripe.subscriptions.update(made.id, {
      items,
      payment_behavior: 'pending_if_incomplete',
      proration_behavior: 'always_invoice',
    });
    expect(waiting.status).toBe('active');
    expect(waiting.items.data[0]?.price.id).toBe(gold.id);
    expect(waiting.pending_update?.subscription_items?.[0]?.price.id).toBe(best.id);
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.invoices.pay(idOf(waiting.latest_invoice), { payment_method: good.id });
    const after = await stripe.subscriptions.retrieve(made.id);
    expect(after.items.data[0]?.price.id).toBe(best.id);
    expect(after.pending_update).toBeNull();
    await sim.idle();
    expect(hook.types()).toContain('customer.subscription.pending_update_applied');
    expect(sim.violations).toEqual([]);
  });

  it('expires when nobody pays', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe, { unit_amount: 1000 });
    const best = await sell(stripe, { unit_amount: 9000 }, 'Best');
    const made = await join({ sim, stripe }, gold.id);
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: idOf(made.customer),
    });
    await stripe.subscriptions.update(made.id, { default_payment_method: bad.id });
    const waiting = await stripe.subscriptions.update(made.id, {
      items: [{ id: made.items.data[0]?.id ?? '', price: best.id }],
      payment_behavior: 'pending_if_incomplete',
      proration_behavior: 'always_invoice',
    });
    await sim.advance(day);
    const after = await stripe.subscriptions.retrieve(made.id);
    expect([after.status, after.pending_update]).toEqual(['active', null]);
    expect((await stripe.invoices.retrieve(idOf(waiting.latest_invoice))).status).toBe('void');
    await sim.idle();
    expect(hook.types()).toContain('customer.subscription.pending_update_expired');
  });
});

describe('A pause', () => {
  it('begins by the API, or when a trial ends without a card; it ends with a payment', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe);
    const made = await join({ sim, stripe }, gold.id);
    expect((await stripe.subscriptions.pause(made.id)).status).toBe('paused');
    await sim.advance(60 * day);
    expect((await stripe.invoices.list()).data).toHaveLength(1);
    const resumed = await stripe.subscriptions.resume(made.id);
    expect(resumed.status).toBe('active');
    expect((await stripe.invoices.list()).data).toHaveLength(2);

    const customer = await stripe.customers.create({});
    const trial = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: gold.id }],
      trial_period_days: 3,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await sim.advance(4 * day);
    expect((await stripe.subscriptions.retrieve(trial.id)).status).toBe('paused');
    await sim.idle();
    expect(hook.types()).toEqual(
      expect.arrayContaining(['customer.subscription.paused', 'customer.subscription.resumed'])
    );
    expect(sim.violations).toEqual([]);
  });
});

describe('A renewal', () => {
  it('is announced a week before, an end is not', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe);
    const made = await join({ sim, stripe }, gold.id);
    const ends = await join({ sim, stripe }, gold.id);
    await stripe.subscriptions.update(ends.id, { cancel_at_period_end: true });
    await sim.advance({ to: periodEnd(made) * 1000 - 6 * day });
    await sim.idle();
    const announced = hook.events.filter((event) => event.type === 'invoice.upcoming');
    expect(announced).toHaveLength(1);
    expect(announced[0]?.data.object).toMatchObject({
      amount_due: 500,
      parent: { subscription_details: { subscription: made.id } },
    });
  });
});

describe('Events', () => {
  it('are listed by type, for thirty days', async () => {
    const { sim, stripe } = await openBench();
    await stripe.customers.create({});
    const [first] = (await stripe.events.list({ types: ['customer.created'] })).data;
    expect(first?.type).toBe('customer.created');
    await sim.advance(31 * day);
    expect((await stripe.events.list()).data).toEqual([]);
    expect((await failure(stripe.events.retrieve(first?.id ?? ''))).statusCode).toBe(404);
  });
});

describe('Entitlements', () => {
  it('follow the subscriptions', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe);
    const feature = await stripe.entitlements.features.create({
      name: 'Archive',
      lookup_key: 'archive',
    });
    await stripe.products.createFeature(idOf(gold.product), { entitlement_feature: feature.id });
    const made = await join({ sim, stripe }, gold.id);
    const customer = idOf(made.customer);
    const held = await stripe.entitlements.activeEntitlements.list({ customer });
    expect(held.data.map((row) => row.lookup_key)).toEqual(['archive']);
    await stripe.subscriptions.cancel(made.id);
    expect((await stripe.entitlements.activeEntitlements.list({ customer })).data).toEqual([]);
    await sim.idle();
    const told = hook.types().filter((type) => type.startsWith('entitlements.'));
    expect(told).toHaveLength(2);
    expect(sim.violations).toEqual([]);
  });
});

describe('A portal', () => {
  it('lets its visitors do what its configuration says', async () => {
    const { sim, stripe } = await openBench();
    const gold = await sell(stripe);
    const best = await sell(stripe, { unit_amount: 900, nickname: 'Best' }, 'Best');
    const made = await join({ sim, stripe }, gold.id);
    const configuration = await stripe.billingPortal.configurations.create({
      features: {
        subscription_update: {
          enabled: true,
          default_allowed_updates: ['price'],
          products: [{ product: idOf(best.product), prices: [best.id] }],
        },
      },
    });
    const session = await stripe.billingPortal.sessions.create({
      customer: idOf(made.customer),
      configuration: configuration.id,
    });
    const post = (action: string, fields: Record<string, string>) =>
      fetch(`${session.url}/${action}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ subscription: made.id, ...fields }),
      });
    expect((await post('cancel', {})).status).toBe(400);
    expect((await post('card', { card: 'pm_card_visa' })).status).toBe(400);
    expect((await post('switch', { price: gold.id })).status).toBe(400);
    expect(await (await fetch(session.url)).text()).toContain('Change the plan');
    expect((await post('switch', { price: best.id })).status).toBe(303);
    const after = await stripe.subscriptions.retrieve(made.id);
    expect(after.items.data[0]?.price.id).toBe(best.id);
    await stripe.billingPortal.configurations.update(configuration.id, {
      features: { subscription_cancel: { enabled: true, mode: 'immediately' } },
    });
    expect((await post('cancel', {})).status).toBe(303);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('canceled');
  });
});
