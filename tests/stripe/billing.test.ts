import {
  idOf,
  checkout,
  day,
  hour,
  join,
  object,
  openBench,
  periodEnd,
  sell,
  start,
  type Bench,
} from './testing';

const seconds = (...date: [number, number, number, number]) => Date.UTC(...date) / 1000;

describe('Billing', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  it('renews on the day it began, or on the last of a shorter month', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const { id } = await join(bench, price.id);
    const ends: number[] = [];
    for (let month = 0; month < 4; month += 1) {
      const subscription = await stripe.subscriptions.retrieve(id);
      ends.push(periodEnd(subscription));
      await sim.advance({ to: periodEnd(subscription) * 1000 + 2 * hour });
    }
    expect(ends).toEqual([
      seconds(2026, 1, 28, 10),
      seconds(2026, 2, 31, 10),
      seconds(2026, 3, 30, 10),
      seconds(2026, 4, 31, 10),
    ]);
    const invoices = await stripe.invoices.list({ subscription: id });
    expect(invoices.data.map((row) => row.status)).toEqual(Array(5).fill('paid'));
    expect(invoices.data.map((row) => row.number?.slice(-4))).toEqual([
      '0005',
      '0004',
      '0003',
      '0002',
      '0001',
    ]);
  });

  it('leaves a renewal a draft for an hour', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const { id } = await join(bench, price.id);
    const end = periodEnd(await stripe.subscriptions.retrieve(id));
    await sim.advance({ to: end * 1000 });
    const renewed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(renewed.status).toBe('active');
    const draft = object(renewed.latest_invoice);
    expect(draft).toMatchObject({ status: 'draft', automatically_finalizes_at: end + 3600 });
    expect(draft.created).toBe(end);
    await sim.advance(hour);
    const paid = await stripe.invoices.retrieve(draft.id);
    expect(paid).toMatchObject({ status: 'paid', status_transitions: { paid_at: end + 3600 } });
  });

  it('tries a failing card again after 3, 5 and 7 days, then cancels', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const subscription = await join(bench, price.id);
    const customer = idOf(subscription.customer);
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });

    const failedAt = periodEnd(subscription) + 3600;
    await sim.advance({ to: failedAt * 1000 });
    const due = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(due.status).toBe('past_due');
    expect(object(due.latest_invoice)).toMatchObject({
      status: 'open',
      attempt_count: 1,
      next_payment_attempt: failedAt + 3 * 86_400,
    });
    expect((await stripe.customers.retrieve(customer)).deleted).toBeUndefined();

    await sim.advance(20 * day);
    const ended = await stripe.subscriptions.retrieve(subscription.id);
    const lastAttempt = failedAt + 15 * 86_400;
    expect(ended).toMatchObject({
      status: 'canceled',
      ended_at: lastAttempt,
      cancellation_details: { reason: 'payment_failed' },
    });
    const failures = await stripe.events.list({ type: 'invoice.payment_failed' });
    expect(failures.data.map((event) => (event.created - failedAt) / 86_400)).toEqual([
      15, 8, 3, 0,
    ]);
    const [deleted] = (await stripe.events.list({ type: 'customer.subscription.deleted' })).data;
    expect(deleted).toMatchObject({
      created: lastAttempt,
      data: { object: { status: 'canceled' } },
    });
  });

  it('recovers when the card is changed before the next attempt', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const subscription = await join(bench, price.id);
    const customer = idOf(subscription.customer);
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
    await sim.advance({ to: periodEnd(subscription) * 1000 + 2 * hour });
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
    await sim.advance(3 * day);
    const recovered = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice', 'customer'],
    });
    expect(recovered.status).toBe('active');
    expect(object(recovered.latest_invoice)).toMatchObject({ status: 'paid', attempt_count: 2 });
    expect(recovered.customer).toMatchObject({ delinquent: false });
  });

  it('ends at the end of the period when told so', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const subscription = await join(bench, price.id);
    const end = periodEnd(subscription);
    const told = await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'unused', comment: 'No time' },
    });
    expect(told).toMatchObject({
      status: 'active',
      cancel_at: end,
      cancel_at_period_end: true,
      canceled_at: start / 1000,
      cancellation_details: {
        feedback: 'unused',
        comment: 'No time',
        reason: 'cancellation_requested',
      },
    });
    const kept = await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: false,
    });
    expect(kept).toMatchObject({ cancel_at: null, canceled_at: null });
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await sim.advance({ to: end * 1000 });
    const ended = await stripe.subscriptions.retrieve(subscription.id);
    expect(ended).toMatchObject({ status: 'canceled', ended_at: end, canceled_at: start / 1000 });
    expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
    expect((await stripe.subscriptions.list()).data).toEqual([]);
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1);
  });

  it('cancels at once', async () => {
    const { stripe } = bench;
    const price = await sell(stripe);
    const { id } = await join(bench, price.id);
    const ended = await stripe.subscriptions.cancel(id, {
      cancellation_details: { feedback: 'too_expensive' },
    });
    expect(ended).toMatchObject({ status: 'canceled', ended_at: start / 1000 });
    expect(ended.cancellation_details?.feedback).toBe('too_expensive');
  });

  it('credits the unused time of a plan that is changed', async () => {
    const { sim, stripe } = bench;
    const small = await sell(stripe, {
      unit_amount: 1000,
      recurring: { interval: 'day', interval_count: 10 },
    });
    const large = await sell(
      stripe,
      { unit_amount: 3000, recurring: { interval: 'day', interval_count: 10 } },
      'Platinum'
    );
    const subscription = await join(bench, small.id);
    await sim.advance(5 * day);
    const [item] = subscription.items.data;
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item?.id, price: large.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(periodEnd(changed)).toBe(periodEnd(subscription));
    const invoice = object(changed.latest_invoice);
    expect(invoice.lines.data.map((line) => line.amount)).toEqual([-500, 1500]);
    expect(invoice).toMatchObject({
      status: 'paid',
      amount_paid: 1000,
      billing_reason: 'subscription_update',
    });
    await sim.advance(5 * day + hour);
    const [renewal] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(renewal?.amount_paid).toBe(3000);
  });

  it('keeps the anchor when the interval changes, and bills the difference at once', async () => {
    const { sim, stripe } = bench;
    const monthly = await sell(stripe);
    const yearly = await sell(stripe, { unit_amount: 5000, recurring: { interval: 'year' } });
    const subscription = await join(bench, monthly.id);
    await sim.advance(14 * day);
    const [item] = subscription.items.data;
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item?.id, price: yearly.id }],
      expand: ['latest_invoice'],
    });
    expect(periodEnd(changed)).toBe(seconds(2027, 0, 31, 10));
    expect(changed.billing_cycle_anchor).toBe(start / 1000);
    const invoice = object(changed.latest_invoice);
    const left = Math.round((5000 * (365 - 14)) / 365);
    expect(invoice.lines.data.map((line) => line.amount)).toEqual([-250, left]);
    expect(invoice.amount_paid).toBe(left - 250);
    const credited = invoice.lines.data[0]?.parent?.subscription_item_details?.proration_details;
    expect(credited?.credited_items?.invoice).toBe(subscription.latest_invoice);
  });

  it('starts a new cycle when it is told to, and keeps what is over as credit', async () => {
    const { sim, stripe } = bench;
    const yearly = await sell(stripe, { unit_amount: 36_500, recurring: { interval: 'year' } });
    const monthly = await sell(stripe, { unit_amount: 1000 });
    const subscription = await join(bench, yearly.id);
    await sim.advance(265 * day);
    const [item] = subscription.items.data;
    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item?.id, price: monthly.id }],
      billing_cycle_anchor: { type: 'now' },
      expand: ['latest_invoice', 'customer'],
    });
    expect(changed.billing_cycle_anchor).toBe(start / 1000 + 265 * 86_400);
    expect(object(changed.latest_invoice)).toMatchObject({
      total: 1000 - 10_000,
      amount_due: 0,
      status: 'paid',
      ending_balance: -9000,
    });
    expect(changed.customer).toMatchObject({ balance: -9000 });
    await sim.advance(31 * day + hour);
    const [renewal] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(renewal).toMatchObject({ total: 1000, amount_due: 0, starting_balance: -9000 });
  });

  it('keeps invoices back while collection is paused', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const { id } = await join(bench, price.id);
    const resumes = start / 1000 + 40 * 86_400;
    await stripe.subscriptions.update(id, {
      pause_collection: { behavior: 'void', resumes_at: resumes },
    });
    await sim.advance(30 * day);
    const [voided] = (await stripe.invoices.list({ subscription: id })).data;
    expect(voided?.status).toBe('void');
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
    await sim.advance(40 * day);
    const after = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(after.pause_collection).toBeNull();
    expect(object(after.latest_invoice).status).toBe('paid');
  });

  it('gives up a first payment that nobody made within a day', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const customer = await stripe.customers.create({ email: 'reader@example.com' });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.confirmation_secret'],
    });
    expect(subscription.status).toBe('incomplete');
    expect(object(subscription.latest_invoice).confirmation_secret?.client_secret).toContain(
      '_secret_'
    );
    await sim.advance(day);
    const after = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(after.status).toBe('incomplete_expired');
    expect(object(after.latest_invoice).status).toBe('void');
  });

  it('subscribes by the API with a stored card, or says why not', async () => {
    const { stripe } = bench;
    const price = await sell(stripe);
    const customer = await stripe.customers.create({ email: 'reader@example.com' });
    const create = (behavior?: 'error_if_incomplete') =>
      stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id, quantity: 3 }],
        ...(behavior ? { payment_behavior: behavior } : {}),
      });
    await expect(create()).rejects.toMatchObject({ code: 'resource_missing' });
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer.id,
    });
    const useCard = (id: string) =>
      stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
    await useCard(bad.id);
    await expect(create('error_if_incomplete')).rejects.toMatchObject({
      code: 'card_declined',
      statusCode: 402,
    });
    expect((await create()).status).toBe('incomplete');
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await useCard(good.id);
    const made = await create();
    expect(made.status).toBe('active');
    const [invoice] = (await stripe.invoices.list({ subscription: made.id })).data;
    expect(invoice?.amount_paid).toBe(1500);
  });

  it('does everything that falls due in one long step, in order', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    await join(bench, price.id);
    const other = await checkout(stripe, price.id);
    await sim.advance(365 * day);
    const events = sim.events();
    const times = events.map((event) => event.created);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(events.filter((event) => event.type === 'invoice.paid')).toHaveLength(12);
    expect((await stripe.checkout.sessions.retrieve(other.id)).status).toBe('expired');
  });
});
