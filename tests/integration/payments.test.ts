import type Stripe from 'stripe';
import type { PaymentRow } from '../../server/src/store';
import { DAY, openShop, type Reader, type Shop } from '../support/shop';

let shop: Shop;
let gold: string;
let monthly: string;
let once: string;
/** What `strapi.eventHub` told of payments, in order. */
const news: string[] = [];

beforeAll(async () => {
  shop = await openShop();
  for (const name of ['succeeded', 'failed', 'recovered', 'refunded', 'disputed']) {
    shop.strapi.eventHub.on(`payment.${name}`, ({ stripeId }: { stripeId: string }) => {
      news.push(`${name} ${stripeId}`);
      return Promise.resolve();
    });
  }
  gold = await shop.tier('Gold');
  monthly = await shop.price(gold);
  once = await shop.price(await shop.tier('Archive'), { amount: 2500, interval: null });
});
afterAll(() => shop.stop());

const payments = async (reader: Reader): Promise<PaymentRow[]> =>
  shop.rows('payment').findMany({
    where: { member: { user: { id: reader.id } } },
    populate: ['subscription'],
    orderBy: { created: 'asc' },
  });

const only = async (reader: Reader): Promise<PaymentRow> => {
  const rows = await payments(reader);
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (!row) throw new Error('No payment');
  return row;
};

const newsOf = ({ stripeId }: { stripeId: string | null }): string[] =>
  news.filter((line) => line.endsWith(` ${stripeId}`)).map((line) => line.split(' ')[0] ?? '');

const tiers = async (reader: Reader): Promise<string[]> =>
  (await shop.me(reader)).tiers.map(({ slug }) => slug).sort();

const idOf = (reference: string | { id: string } | null): string =>
  (typeof reference === 'string' ? reference : reference?.id) ?? '';

/** The charge that paid a payment. */
const chargeOf = async ({ paymentIntent }: PaymentRow): Promise<string> => {
  const intent = await shop.client.paymentIntents.retrieve(paymentIntent ?? '');
  return idOf(intent.latest_charge);
};

const customerOf = async (reader: Reader): Promise<string> => {
  const row = await shop
    .rows('customer')
    .findOne({ where: { member: { user: { id: reader.id } }, current: true } });
  return row?.stripeId ?? '';
};

const inbox = (key: string) =>
  shop.rows('inbox').findMany({ where: { key }, orderBy: { id: 'asc' } });

describe('the money of a subscription', () => {
  it('is refunded in parts, in full, and not when a refund fails', async () => {
    const reader = await shop.register('refunded');
    await shop.buy(reader, monthly);
    const charge = await chargeOf(await only(reader));
    await shop.client.refunds.create({ charge, amount: 300, reason: 'requested_by_customer' });
    await shop.settle();
    expect(await only(reader)).toMatchObject({
      status: 'paid',
      amountPaid: '900',
      amountRefunded: '300',
      charges: [
        {
          stripeId: charge,
          amount: 900,
          refunds: [{ amount: 300, status: 'succeeded', reason: 'requested_by_customer' }],
        },
      ],
    });
    await shop.client.refunds.create({ charge, amount: 600 });
    await shop.settle();
    const row = await only(reader);
    expect(row.amountRefunded).toBe('900');
    expect(row.charges?.[0]?.refunds).toHaveLength(2);
    expect(newsOf(row)).toEqual(['succeeded', 'refunded', 'refunded']);
    // By default a refund is a gesture and ends nothing.
    expect(await tiers(reader)).toEqual(['gold']);
  });

  it('comes back with a refund that the bank sends back', async () => {
    const reader = await shop.register('refund-fails');
    await shop.buy(reader, monthly, { card: 'pm_card_refundFail' });
    await shop.client.refunds.create({ charge: await chargeOf(await only(reader)) });
    await shop.settle();
    expect(await only(reader)).toMatchObject({
      amountRefunded: '0',
      charges: [{ amountRefunded: 0, refunds: [{ status: 'failed' }] }],
    });
  });

  it('is disputed: access waits for the bank, exactly as it was, and no other grant notices', async () => {
    const reader = await shop.register('disputed');
    await shop.buy(reader, once);
    await shop.buy(reader, monthly);
    const grants = async () =>
      shop.rows('grant').findMany({
        where: { member: { user: { id: reader.id } } },
        select: ['id', 'source', 'startsAt', 'endsAt', 'revokedAt', 'revokedReason'],
        orderBy: { id: 'asc' },
      });
    const before = await grants();
    const row = (await payments(reader)).find(({ amountPaid }) => amountPaid === '900');
    if (!row) throw new Error('No payment');
    const { id } = shop.stripe.bank.openDispute(await chargeOf(row), { reason: 'fraudulent' });
    await shop.settle();
    expect(await tiers(reader)).toEqual(['archive']);
    const disputed = (await payments(reader)).find(({ amountPaid }) => amountPaid === '900');
    expect(disputed).toMatchObject({
      disputeStatus: 'needs_response',
      disputeReason: 'fraudulent',
      evidenceDueBy: expect.any(String),
    });

    await shop.advance(40 * DAY);
    const [shown] = (await shop.me(reader)).subscriptions;
    expect(shown).toMatchObject({ status: 'active', withheld: 'disputed' });
    // Renewed meanwhile, and still withheld: the bank has not decided.
    expect(await tiers(reader)).toEqual(['archive']);
    shop.stripe.bank.closeDispute(id, true);
    await shop.settle();
    expect(await tiers(reader)).toEqual(['archive', 'gold']);
    expect(await grants()).toEqual(before);
    expect((await shop.me(reader)).subscriptions[0]?.withheld).toBeNull();
    expect(newsOf(row)).toEqual(['succeeded', 'disputed']);
  });

  it('is lost: the access stays, as after a refund', async () => {
    const reader = await shop.register('lost');
    await shop.buy(reader, monthly);
    const row = await only(reader);
    const { id } = shop.stripe.bank.openDispute(await chargeOf(row), {});
    await shop.settle();
    expect(await tiers(reader)).toEqual([]);
    shop.stripe.bank.closeDispute(id, false);
    await shop.settle();
    expect(await only(reader)).toMatchObject({ disputeStatus: 'lost', evidenceDueBy: null });
    expect(await tiers(reader)).toEqual(['gold']);
  });

  it('is asked about, or warned of: that is recorded and takes nothing away', async () => {
    const reader = await shop.register('warned');
    await shop.buy(reader, monthly);
    const charge = await chargeOf(await only(reader));
    shop.stripe.bank.openDispute(charge, { inquiry: true });
    shop.stripe.bank.warnOfFraud(charge);
    await shop.settle();
    expect(await only(reader)).toMatchObject({
      disputeStatus: 'warning_needs_response',
      fraudWarningAt: expect.any(String),
    });
    expect(await tiers(reader)).toEqual(['gold']);
  });

  it('fails and is recovered, each told once', async () => {
    const reader = await shop.register('recovers');
    const { body } = await shop.checkout(reader, monthly);
    shop.stripe.pay(body.data.sessionId);
    await shop.settle();
    const [subscription] = (
      await shop.client.subscriptions.list({ customer: await customerOf(reader) })
    ).data;
    if (!subscription) throw new Error('No subscription');
    const broken = await shop.client.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: await customerOf(reader),
    });
    await shop.client.subscriptions.update(subscription.id, { default_payment_method: broken.id });
    await shop.advance(32 * DAY);
    const failed = (await payments(reader)).at(-1);
    expect(failed).toMatchObject({
      status: 'open',
      intentStatus: 'requires_payment_method',
      failureCode: expect.any(String),
    });
    const attempts = failed?.attemptCount ?? 0;
    expect(attempts).toBeGreaterThan(0);
    const good = await shop.client.paymentMethods.attach('pm_card_visa', {
      customer: await customerOf(reader),
    });
    await shop.client.invoices.pay(failed?.stripeId ?? '', { payment_method: good.id });
    await shop.settle();
    const paid = (await payments(reader)).at(-1);
    expect(paid).toMatchObject({ status: 'paid', intentStatus: null, failureCode: null });
    expect(newsOf({ stripeId: failed?.stripeId ?? null })).toEqual([
      ...Array.from({ length: attempts }, () => 'failed'),
      'succeeded',
      'recovered',
    ]);
  });

  it('waits for the holder of the card', async () => {
    const reader = await shop.register('unfinished');
    // Makes them a customer of ours, as any checkout does.
    await shop.checkout(reader, monthly);
    const customer = await customerOf(reader);
    const method = await shop.client.paymentMethods.attach('pm_card_authenticationRequired', {
      customer,
    });
    const price = await shop.rows('price').findOne({ where: { documentId: monthly } });
    const subscription = await shop.client.subscriptions.create({
      customer,
      items: [{ price: price?.stripeId ?? '' }],
      default_payment_method: method.id,
      payment_behavior: 'allow_incomplete',
    });
    await shop.settle();
    const row = await only(reader);
    expect(row).toMatchObject({ status: 'open', intentStatus: 'requires_action', attemptCount: 0 });
    expect(newsOf(row)).toEqual([]);
    expect(await tiers(reader)).toEqual([]);
    shop.stripe.authenticate(row.paymentIntent ?? '');
    await shop.settle();
    expect(await only(reader)).toMatchObject({ status: 'paid', intentStatus: null });
    expect(await tiers(reader)).toEqual(['gold']);
    await shop.client.subscriptions.cancel(subscription.id);
    await shop.settle();
  });

  it('is paid out of band, voided or written off', async () => {
    const reader = await shop.register('by-invoice');
    await shop.checkout(reader, monthly);
    const customer = await customerOf(reader);
    const price = await shop.rows('price').findOne({ where: { documentId: monthly } });
    const { id } = await shop.client.subscriptions.create({
      customer,
      items: [{ price: price?.stripeId ?? '' }],
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    await shop.advance(2 * 3_600_000);
    const [first] = (await shop.client.invoices.list({ subscription: id })).data;
    if (first?.status === 'draft') await shop.client.invoices.finalizeInvoice(first.id ?? '');
    await shop.settle();
    const asked = await only(reader);
    expect(asked).toMatchObject({ status: 'open', dueDate: expect.any(String) });
    await shop.client.invoices.pay(asked.stripeId ?? '', { paid_out_of_band: true });
    await shop.settle();
    expect(await only(reader)).toMatchObject({ status: 'paid', paidOutOfBand: true });

    await shop.advance(32 * DAY);
    const second = (await payments(reader)).at(-1);
    await shop.client.invoices.markUncollectible(second?.stripeId ?? '');
    await shop.settle();
    expect((await payments(reader)).at(-1)).toMatchObject({ status: 'uncollectible' });
    await shop.client.invoices.voidInvoice(second?.stripeId ?? '');
    await shop.settle();
    expect((await payments(reader)).at(-1)).toMatchObject({ status: 'void', paidOutOfBand: false });
    await shop.client.subscriptions.cancel(id);
    await shop.settle();
  });
});

describe('the money of a purchase', () => {
  it.each([
    ['eur', 2500],
    ['jpy', 900],
    ['kwd', 12_340],
  ])('is one payment, known by its intent, in %s', async (currency, amount) => {
    const reader = await shop.register(`buys-${currency}`);
    const tier = await shop.tier(`One ${currency}`);
    const price = await shop.price(tier, { amount, currency, interval: null });
    const session = await shop.buy(reader, price);
    const row = await only(reader);
    expect(row).toMatchObject({
      stripeId: expect.stringMatching(/^pi_/),
      checkoutSession: session,
      paymentIntent: row.stripeId,
      status: 'paid',
      amountPaid: String(amount),
      currency,
      subscription: null,
    });
    expect(newsOf(row)).toEqual(['succeeded']);
    await shop.client.refunds.create({ payment_intent: row.stripeId ?? '' });
    await shop.settle();
    expect(await only(reader)).toMatchObject({ amountRefunded: String(amount) });
    expect(newsOf(row)).toEqual(['succeeded', 'refunded']);
  });

  it('may be on its way for days, and fail', async () => {
    const reader = await shop.register('debit');
    await shop.checkout(reader, once);
    const price = await shop.rows('price').findOne({ where: { documentId: once } });
    const open = async (iban: string) => {
      const { id } = await shop.client.checkout.sessions.create({
        mode: 'payment',
        customer: await customerOf(reader),
        line_items: [{ price: price?.stripeId ?? '', quantity: 1 }],
        allowed_payment_method_types: ['sepa_debit'],
        invoice_creation: { enabled: true },
        success_url: 'https://front.example',
      });
      shop.stripe.pay(id, { iban });
      await shop.settle();
    };
    await open('AT051904300235473205');
    expect(await only(reader)).toMatchObject({ status: 'open', intentStatus: 'processing' });
    expect(await tiers(reader)).toEqual([]);
    await shop.advance(5 * 60_000);
    const failed = await only(reader);
    expect(failed).toMatchObject({ status: 'open', intentStatus: 'requires_payment_method' });
    expect(newsOf(failed)).toEqual(['failed']);

    await open('AT321904300235473204');
    await shop.advance(5 * 60_000);
    const rows = await payments(reader);
    // Known by its intent while it was under way, by its invoice now: one row all the time.
    expect(rows).toHaveLength(2);
    expect(rows.at(-1)).toMatchObject({
      stripeId: expect.stringMatching(/^in_/),
      status: 'paid',
      amountPaid: '2500',
    });
    expect(await tiers(reader)).toEqual(['archive']);
  });

  it('of a guest is disputed like anybody', async () => {
    await shop.buy(null, once, { email: 'guest-disputes@mail.example' });
    const row = await shop.rows('payment').findOne({
      where: { member: { email: 'guest-disputes@mail.example' } },
      populate: ['member'],
    });
    if (!row) throw new Error('No payment');
    const grant = () => shop.rows('grant').findOne({ where: { member: row.member?.id } });
    const before = await grant();
    const { id } = shop.stripe.bank.openDispute(await chargeOf(row), {});
    await shop.settle();
    expect(await grant()).toMatchObject({
      revokedAt: expect.any(String),
      revokedReason: 'dispute',
    });
    shop.stripe.bank.closeDispute(id, true);
    await shop.settle();
    expect({ ...(await grant()), updatedAt: null }).toEqual({ ...before, updatedAt: null });
  });
});

describe('an invoice that no subscription makes', () => {
  const bill = async (customer: string): Promise<Stripe.Invoice> => {
    await shop.client.invoiceItems.create({ customer, amount: 700, currency: 'eur' });
    const { id } = await shop.client.invoices.create({
      customer,
      currency: 'eur',
      collection_method: 'send_invoice',
      days_until_due: 7,
      pending_invoice_items_behavior: 'include',
    });
    return shop.client.invoices.finalizeInvoice(id);
  };

  it('is a payment of a customer of ours', async () => {
    const reader = await shop.register('one-off');
    await shop.checkout(reader, monthly);
    const invoice = await bill(await customerOf(reader));
    await shop.settle();
    expect(await only(reader)).toMatchObject({ stripeId: invoice.id, status: 'open' });
    await shop.client.invoices.pay(invoice.id ?? '', { paid_out_of_band: true });
    await shop.settle();
    expect(await only(reader)).toMatchObject({
      status: 'paid',
      paidOutOfBand: true,
      amountPaid: '700',
      subscription: null,
    });
  });

  it('and a charge of somebody else are left alone', async () => {
    const customer = await shop.client.customers.create({ email: 'else@where.example' });
    const before = { ...(await shop.counts()), inbox: 0 };
    const invoice = await bill(customer.id);
    const charge = await shop.client.paymentIntents.create({
      amount: 500,
      currency: 'eur',
      customer: customer.id,
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    await shop.client.refunds.create({ payment_intent: charge.id });
    await shop.settle();
    expect({ ...(await shop.counts()), inbox: 0 }).toEqual(before);
    const rows = [...(await inbox(invoice.id ?? '')), ...(await inbox(idOf(charge.latest_charge)))];
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row.status).toBe('ignored');
  });
});
