import { checkout, failure, idOf, join, object, openBench, sell } from './testing';

const iban = 'AT611904300234573201';

describe('Disputes', () => {
  it('take the money, and give it back when they are won', async () => {
    const { sim, stripe, hook } = await openBench();
    const price = await sell(stripe);
    await join({ sim, stripe }, price.id, {}, 'pm_card_createDispute');
    const { data } = await stripe.disputes.list();
    const [dispute] = data;
    if (!dispute) throw new Error('No dispute');
    expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 500 });
    const won = await stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
    });
    expect(won.status).toBe('won');
    expect((await failure(stripe.disputes.close(dispute.id))).code).toBe('dispute_already_closed');
    await sim.idle();
    expect(hook.types().filter((type) => type.includes('dispute'))).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]);
    expect(sim.violations).toEqual([]);
  });

  it('come to any charge from the bank, as warnings too', async () => {
    const { sim, stripe, hook } = await openBench();
    const price = await sell(stripe);
    await join({ sim, stripe }, price.id);
    const [charge] = (await stripe.charges.list()).data;
    sim.bank.warnOfFraud(charge?.id ?? '');
    const dispute = sim.bank.openDispute(charge?.id ?? '');
    expect((await stripe.charges.retrieve(charge?.id ?? '')).disputed).toBe(true);
    expect(sim.bank.closeDispute(dispute.id, false).status).toBe('lost');
    await sim.idle();
    expect(hook.types()).toContain('radar.early_fraud_warning.created');
    expect((await stripe.radar.earlyFraudWarnings.list()).data).toHaveLength(1);
  });
});

describe('Debits', () => {
  it('are paid after the checkout, which waits for it', async () => {
    const { sim, stripe, hook } = await openBench();
    const price = await sell(stripe);
    const session = await checkout(stripe, price.id, {
      customer_email: 'reader@example.com',
      allowed_payment_method_types: ['card', 'sepa_debit'],
    });
    sim.pay(session.id, { iban: 'AT321904300235473204' });
    const waiting = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription.latest_invoice'],
    });
    expect(waiting).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(object(waiting.subscription)).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'open' },
    });
    await sim.advance(4 * 60_000);
    const done = await stripe.checkout.sessions.retrieve(session.id);
    expect(done.payment_status).toBe('paid');
    await sim.idle();
    expect(hook.types()).toEqual(
      expect.arrayContaining([
        'payment_intent.processing',
        'charge.pending',
        'checkout.session.completed',
        'charge.succeeded',
        'invoice.paid',
        'checkout.session.async_payment_succeeded',
      ])
    );
    expect(sim.violations).toEqual([]);
  });

  it('fail after the checkout', async () => {
    const { sim, stripe, hook } = await openBench();
    const price = await sell(stripe);
    const session = await checkout(stripe, price.id, {
      customer_email: 'reader@example.com',
      allowed_payment_method_types: ['sepa_debit'],
    });
    sim.pay(session.id, { iban: 'AT861904300235473202' });
    await sim.advance(1000);
    await sim.idle();
    expect(hook.types()).toContain('checkout.session.async_payment_failed');
    const paid = await stripe.checkout.sessions.retrieve(session.id);
    const subscription = await stripe.subscriptions.retrieve(idOf(paid.subscription));
    expect(subscription.status).toBe('past_due');
  });

  it('go through an intent of their own', async () => {
    const { sim, stripe } = await openBench();
    const method = await stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban },
      billing_details: { name: 'Bo', email: 'bo@example.com' },
    });
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'eur',
      payment_method: method.id,
      confirm: true,
    });
    expect(intent.status).toBe('processing');
    await sim.advance(1);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });
});

describe('Cards whose holder must confirm', () => {
  it('pay an invoice once they have', async () => {
    const { sim, stripe, hook } = await openBench();
    const price = await sell(stripe);
    const customer = await stripe.customers.create({});
    const card = await stripe.paymentMethods.attach('pm_card_authenticationRequired', {
      customer: customer.id,
    });
    const made = await stripe.subscriptions.create({
      customer: customer.id,
      default_payment_method: card.id,
      items: [{ price: price.id }],
      expand: ['latest_invoice.payments'],
    });
    expect(made.status).toBe('incomplete');
    const invoice = object(made.latest_invoice);
    const payment = invoice.payments?.data[0]?.payment.payment_intent ?? null;
    sim.authenticate(idOf(payment), false);
    expect((await stripe.paymentIntents.retrieve(idOf(payment))).status).toBe(
      'requires_payment_method'
    );
    const again = await stripe.paymentIntents.confirm(idOf(payment), { payment_method: card.id });
    expect(again.status).toBe('requires_action');
    sim.authenticate(again.id);
    expect((await stripe.subscriptions.retrieve(made.id)).status).toBe('active');
    await sim.idle();
    expect(hook.types()).toEqual(
      expect.arrayContaining(['invoice.payment_action_required', 'invoice.paid'])
    );
    expect(sim.violations).toEqual([]);
  });

  it('are replaced by their network', async () => {
    const { sim, stripe, hook } = await openBench();
    const price = await sell(stripe);
    const subscription = await join({ sim, stripe }, price.id);
    sim.bank.replaceCard(idOf(subscription.default_payment_method), { exp_year: 2040 });
    await sim.idle();
    expect(hook.types()).toContain('payment_method.automatically_updated');
  });
});

describe('Refunds', () => {
  it('fail and come back, for the card that does', async () => {
    const { sim, stripe, hook } = await openBench();
    const intent = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: 'pm_card_refundFail',
      confirm: true,
    });
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 400 });
    expect(refund.status).toBe('succeeded');
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
    const charge = await stripe.charges.retrieve(idOf(intent.latest_charge));
    expect(charge.amount_refunded).toBe(0);
    await sim.idle();
    expect(hook.types()).toEqual(
      expect.arrayContaining([
        'refund.created',
        'charge.refunded',
        'refund.updated',
        'refund.failed',
      ])
    );
    expect(sim.violations).toEqual([]);
  });

  it('hold, capture and let go', async () => {
    const { sim, stripe } = await openBench();
    const held = () =>
      stripe.paymentIntents.create({
        amount: 1000,
        currency: 'usd',
        payment_method: 'pm_card_visa',
        capture_method: 'manual',
        confirm: true,
      });
    const taken = await held();
    expect(taken.status).toBe('requires_capture');
    const captured = await stripe.paymentIntents.capture(taken.id, { amount_to_capture: 600 });
    expect([captured.status, captured.amount_received]).toEqual(['succeeded', 600]);
    expect((await stripe.paymentIntents.cancel((await held()).id)).status).toBe('canceled');
    expect(sim.violations).toEqual([]);
  });
});
