import { day, idOf, join, openBench, periodEnd, sell } from './testing';

const month = { interval: 'month' as const };

describe('A subscription schedule', () => {
  it('downgrades at the end of the period, and lets go when its phases are over', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe, { unit_amount: 1000 });
    const silver = await sell(stripe, { unit_amount: 400 }, 'Silver');
    const subscription = await join({ sim, stripe }, gold.id);
    const made = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
    const [phase] = made.phases;
    if (!phase) throw new Error('A schedule without a phase');
    const planned = await stripe.subscriptionSchedules.update(made.id, {
      phases: [
        { items: [{ price: gold.id }], start_date: phase.start_date, end_date: phase.end_date },
        { items: [{ price: silver.id }], duration: month },
      ],
    });
    expect(planned.status).toBe('active');
    const before = await stripe.subscriptions.retrieve(subscription.id);
    expect(before.schedule).toBe(made.id);
    expect(before.items.data[0]?.price.id).toBe(gold.id);

    await sim.advance({ to: periodEnd(subscription) * 1000 + 2 * 3_600_000 });
    const after = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(after.items.data[0]?.price.id).toBe(silver.id);
    expect(after.latest_invoice).toMatchObject({ amount_paid: 400, status: 'paid' });

    await sim.advance(40 * day);
    const done = await stripe.subscriptionSchedules.retrieve(made.id);
    expect(done.status).toBe('completed');
    expect((await stripe.subscriptions.retrieve(subscription.id)).schedule).toBeNull();
    await sim.idle();
    expect(hook.types()).toEqual(
      expect.arrayContaining([
        'subscription_schedule.created',
        'subscription_schedule.updated',
        'subscription_schedule.expiring',
        'subscription_schedule.completed',
      ])
    );
    expect(sim.violations).toEqual([]);
  });

  it('is released, canceled or aborted', async () => {
    const { sim, stripe, hook } = await openBench();
    const gold = await sell(stripe);
    const kept = await join({ sim, stripe }, gold.id);
    const one = await stripe.subscriptionSchedules.create({ from_subscription: kept.id });
    const released = await stripe.subscriptionSchedules.release(one.id);
    expect([released.status, released.released_subscription]).toEqual(['released', kept.id]);
    expect((await stripe.subscriptions.retrieve(kept.id)).status).toBe('active');

    const ended = await join({ sim, stripe }, gold.id);
    const two = await stripe.subscriptionSchedules.create({ from_subscription: ended.id });
    await stripe.subscriptionSchedules.cancel(two.id);
    expect((await stripe.subscriptions.retrieve(ended.id)).status).toBe('canceled');

    const left = await join({ sim, stripe }, gold.id);
    await stripe.subscriptionSchedules.create({ from_subscription: left.id });
    await stripe.subscriptions.cancel(left.id);
    await sim.idle();
    expect(hook.types()).toEqual(
      expect.arrayContaining(['subscription_schedule.released', 'subscription_schedule.aborted'])
    );
  });

  it('begins later, for a customer', async () => {
    const { sim, stripe } = await openBench();
    const gold = await sell(stripe);
    const customer = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const { data } = await stripe.customers.listPaymentMethods(customer.id);
    await stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: idOf(data[0] ?? null) },
    });
    const start = Math.floor(sim.now() / 1000) + 5 * 86_400;
    const made = await stripe.subscriptionSchedules.create({
      customer: customer.id,
      start_date: start,
      end_behavior: 'cancel',
      phases: [{ items: [{ price: gold.id }], duration: month }],
    });
    expect(made.status).toBe('not_started');
    await sim.advance(6 * day);
    const running = await stripe.subscriptionSchedules.retrieve(made.id);
    const id = idOf(running.subscription);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
    await sim.advance(40 * day);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled');
    expect(sim.violations).toEqual([]);
  });
});
