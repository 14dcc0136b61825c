import { checkout, day, join, object, openBench, sell, start, type Bench } from './testing';

describe('Checkout', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  it('makes a customer, a subscription and a paid invoice', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const session = await checkout(stripe, price.id, {
      metadata: { order: '7' },
      client_reference_id: 'user-3',
      allow_promotion_codes: true,
      subscription_data: { metadata: { tier: 'gold' } },
    });
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', customer: null });
    expect(session.amount_total).toBe(500);
    expect(session.url).toContain('/c/pay/cs_test_');

    expect(sim.pay(session.id, { email: 'reader@example.com' }).outcome).toBe('paid');

    const paid = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription.latest_invoice.payments', 'customer', 'line_items'],
    });
    expect(paid).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: 'user-3',
      metadata: { order: '7' },
      url: null,
    });
    const subscription = object(paid.subscription);
    expect(subscription).toMatchObject({ status: 'active', metadata: { tier: 'gold' } });
    const invoice = object(subscription.latest_invoice);
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 500, currency: 'eur' });
    expect(invoice.parent?.subscription_details?.subscription).toBe(subscription.id);
    expect(invoice.lines.data[0]?.pricing?.price_details?.price).toBe(price.id);
    expect(invoice.payments?.data[0]?.status).toBe('paid');
    expect(object(paid.customer).id).toBe(subscription.customer);
    expect(paid.line_items?.data[0]?.description).toBe('Gold');
  });

  it('sends the events of a purchase, each signed', async () => {
    const { sim, stripe, hook } = bench;
    const price = await sell(stripe);
    await sim.idle();
    hook.clear();
    const subscription = await join(bench, price.id);
    await sim.idle();
    expect(hook.types()).toEqual([
      'customer.created',
      'payment_method.attached',
      'customer.subscription.created',
      'invoice.created',
      'customer.updated',
      'invoice.finalized',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
    const updated = hook.events.find((event) => event.type === 'customer.subscription.updated');
    expect(updated?.data.previous_attributes).toEqual({ status: 'incomplete' });
    expect(updated).toMatchObject({
      api_version: '2026-10-28.endive',
      created: start / 1000,
      livemode: false,
      pending_webhooks: 1,
      data: { object: { id: subscription.id, status: 'active' } },
    });
  });

  it('stays open after a declined card, which can be followed by a good one', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const session = await checkout(stripe, price.id, { customer_email: 'reader@example.com' });
    expect(sim.pay(session.id, { outcome: 'decline' })).toEqual({
      outcome: 'declined',
      message: 'Your card was declined.',
    });
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
    const failed = await stripe.events.list({ type: 'payment_intent.payment_failed' });
    expect(failed.data).toHaveLength(1);
    expect(sim.pay(session.id).outcome).toBe('paid');
    expect(() => sim.pay(session.id)).toThrow('no longer open');
  });

  it('expires when it is abandoned for a day, and when it is told to', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const left = await checkout(stripe, price.id);
    const closed = await checkout(stripe, price.id, { expires_at: start / 1000 + 7200 });
    const expired = await stripe.checkout.sessions.expire(closed.id);
    expect(expired).toMatchObject({ status: 'expired', url: null });
    await sim.advance(day);
    expect((await stripe.checkout.sessions.retrieve(left.id)).status).toBe('expired');
    const events = await stripe.events.list({ type: 'checkout.session.expired' });
    expect(events.data.map((event) => event.created)).toEqual([
      start / 1000 + 86_400,
      start / 1000,
    ]);
    const open = await stripe.checkout.sessions.list({ status: 'open' });
    expect(open.data).toEqual([]);
  });

  it('starts a trial without money, and charges at its end', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const subscription = await join(bench, price.id, {
      subscription_data: { trial_period_days: 14 },
    });
    expect(subscription.status).toBe('trialing');
    expect(subscription.trial_end).toBe(start / 1000 + 14 * 86_400);
    const [session] = (await stripe.checkout.sessions.list({ subscription: subscription.id })).data;
    expect(session).toMatchObject({ amount_total: 0, payment_status: 'no_payment_required' });
    const [first] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(first).toMatchObject({
      status: 'paid',
      total: 0,
      billing_reason: 'subscription_create',
    });

    await sim.advance(12 * day);
    const notices = await stripe.events.list({ type: 'customer.subscription.trial_will_end' });
    expect(notices.data.map((event) => event.created)).toEqual([start / 1000 + 11 * 86_400]);

    await sim.advance(3 * day);
    const after = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['latest_invoice'],
    });
    expect(after.status).toBe('active');
    expect(object(after.latest_invoice)).toMatchObject({
      status: 'paid',
      amount_paid: 500,
      billing_reason: 'subscription_cycle',
    });
  });

  it('takes no card for a trial when none is required, and does at its end what it was told', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe);
    const trial = (missing: 'cancel' | 'pause' | 'create_invoice') =>
      join(bench, price.id, {
        payment_method_collection: 'if_required',
        subscription_data: {
          trial_period_days: 7,
          trial_settings: { end_behavior: { missing_payment_method: missing } },
        },
      });
    const canceled = await trial('cancel');
    const paused = await trial('pause');
    const billed = await trial('create_invoice');
    expect(canceled.default_payment_method).toBeNull();
    await sim.advance(8 * day);
    const status = async (id: string) => (await stripe.subscriptions.retrieve(id)).status;
    expect(await status(canceled.id)).toBe('canceled');
    expect(await status(paused.id)).toBe('paused');
    expect(await status(billed.id)).toBe('past_due');
    const resumed = await stripe.subscriptions.list({ status: 'paused' });
    expect(resumed.data.map((row) => row.id)).toEqual([paused.id]);
  });

  it('sells a one-time price to a guest and to a customer', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe, { recurring: undefined, unit_amount: 2500 });
    expect(price).toMatchObject({ type: 'one_time', recurring: null });
    const guest = await checkout(stripe, price.id, { mode: 'payment' });
    sim.pay(guest.id, { email: 'guest@example.com' });
    const paid = await stripe.checkout.sessions.retrieve(guest.id, {
      expand: ['payment_intent.latest_charge'],
    });
    expect(paid).toMatchObject({ payment_status: 'paid', customer: null, subscription: null });
    expect(object(paid.payment_intent)).toMatchObject({ status: 'succeeded', amount: 2500 });

    const customer = await stripe.customers.create({ email: 'reader@example.com' });
    const known = await checkout(stripe, price.id, {
      mode: 'payment',
      customer: customer.id,
      payment_intent_data: { metadata: { tier: 'gold' } },
    });
    sim.pay(known.id);
    const intents = await stripe.paymentIntents.list({ customer: customer.id });
    expect(intents.data[0]?.metadata).toEqual({ tier: 'gold' });
  });

  it('makes an invoice of a single payment when it is asked for, once it is paid', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe, { recurring: undefined, unit_amount: 2500 });
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
    const more = {
      mode: 'payment' as const,
      customer_creation: 'always' as const,
      invoice_creation: { enabled: true },
      allowed_payment_method_types: ['card' as const, 'sepa_debit' as const],
    };
    const invoiceOf = async (id: string) => {
      const session = await stripe.checkout.sessions.retrieve(id, {
        expand: ['invoice.payments'],
      });
      return { session, invoice: session.invoice ? object(session.invoice) : null };
    };

    const card = await checkout(stripe, price.id, { ...more, discounts: [{ coupon: coupon.id }] });
    sim.pay(card.id, { email: 'guest@example.com' });
    const { session, invoice } = await invoiceOf(card.id);
    expect(invoice).toMatchObject({
      status: 'paid',
      billing_reason: 'manual',
      amount_due: 2000,
      amount_paid: 2000,
      parent: null,
    });
    expect(invoice?.payments?.data).toMatchObject([
      { status: 'paid', payment: { payment_intent: session.payment_intent } },
    ]);
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);

    const debit = await checkout(stripe, price.id, more);
    sim.pay(debit.id, { email: 'debit@example.com', iban: 'AT321904300235473204' });
    expect((await invoiceOf(debit.id)).invoice).toBeNull();
    await sim.advance(4 * 60_000);
    expect((await invoiceOf(debit.id)).invoice).toMatchObject({ status: 'paid' });
  });

  it('counts a currency without decimals as it is', async () => {
    const { stripe } = bench;
    const price = await sell(stripe, { currency: 'jpy', unit_amount: 1200 });
    expect(price.unit_amount_decimal?.toString()).toBe('1200');
    const subscription = await join(bench, price.id);
    const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ amount_paid: 1200, currency: 'jpy' });
    expect(invoice?.lines.data[0]?.description).toBe('1 × Gold (at ¥1,200 / month)');
  });
});
