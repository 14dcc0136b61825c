import type { Reader, Shop } from '../support/shop';
import { addAdmin } from '../support/admin';
import { openLine, type Line } from '../support/line';
import { DAY, openShop, START } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';
import { openComparison, type Comparison } from './reconcile-support';
import { openDesk, type Desk } from './subscriptions-support';

/** Whatever was lost of a member comes back with one comparison: nothing told the site of it. */
let stripe: StripeSimulator;
let line: Line;
let shop: Shop;
let desk: Desk;
let site: Comparison;
let monthly: string;
let smaller: string;
let forever: string;
let smallerId: string;

beforeAll(async () => {
  stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  line = await openLine(stripe.url);
  shop = await openShop({ simulator: stripe, env: { STRIPE_API_BASE: line.url } });
  desk = openDesk(shop);
  site = openComparison(shop, await addAdmin(shop, 'strapi-super-admin'));
  monthly = await shop.price(await shop.tier('Gold'));
  smaller = await shop.price(await shop.tier('Silver'), { amount: 400 });
  forever = await shop.price(await shop.tier('Patron'), { interval: null, amount: 5000 });
  smallerId = await desk.stripePrice(smaller);
});
afterAll(async () => {
  await shop.stop();
  await line.close();
  await stripe.close();
});
afterEach(() => {
  expect(shop.stripe.violations).toEqual([]);
});

const subscriber = async (name: string) => {
  const reader = await shop.register(name);
  await shop.buy(reader, monthly);
  const [mine] = (await shop.me(reader)).subscriptions;
  return { reader, id: mine?.stripeId ?? '', customer: await desk.customerOf(reader) };
};
const rowOf = async (stripeId: string) => {
  const row = await shop.rows('subscription').findOne({ where: { stripeId } });
  if (!row) throw new Error(`${stripeId} is not here`);
  return row;
};
const customerRow = (stripeId: string) => shop.rows('customer').findOne({ where: { stripeId } });
const grantsOf = async (stripeId: string) =>
  shop.rows('grant').findMany({ where: { subscription: (await rowOf(stripeId)).id } });
const chargeOf = async (customer: string) =>
  (await shop.client.charges.list({ customer, limit: 1 })).data[0]?.id ?? '';
const mrrOf = async (stripeId: string) => (await rowOf(stripeId)).mrr;

test('how a customer is called, what with they pay, and that they were deleted', async () => {
  const renamed = await subscriber('renamed');
  const deleted = await subscriber('deleted');
  const patron = await shop.register('patron');
  await shop.buy(patron, forever);
  const buyer = await desk.customerOf(patron);
  await site.once();
  const method = async (id: string) => {
    const { default_payment_method } = await shop.client.subscriptions.retrieve(id);
    return default_payment_method;
  };
  const card = await shop.client.paymentMethods.attach('pm_card_mastercard', {
    customer: renamed.customer,
  });
  await shop.settle();
  const old = await method(renamed.id);
  await site.unheard(async () => {
    const { customers } = shop.client;
    await customers.update(renamed.customer, {
      name: 'Ada',
      email: 'ada@mail.example',
      invoice_settings: { default_payment_method: card.id },
    });
    await customers.del(deleted.customer);
    await customers.update(buyer, { name: 'Grace' });
    await customers.create({ email: 'mug@elsewhere.example', name: 'Another site’s' });
  });
  line.requests.length = 0;
  const found = await site.compare();
  const asked = line.requests.filter((request) => /\/v1\/customers\/cus_/.test(request));
  // Whoever is on no page is asked for, and nobody else.
  expect(asked).toEqual([`GET /v1/customers/${deleted.customer}`]);
  const keys = found.differences.data.map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([renamed.customer, deleted.customer, deleted.id, buyer])
  );
  expect(keys).toHaveLength(4);
  await site.repair(found);
  expect(await customerRow(renamed.customer)).toMatchObject({
    name: 'Ada',
    email: 'ada@mail.example',
    cardBrand: 'mastercard',
    defaultPaymentMethod: card.id,
  });
  expect(await method(renamed.id)).toBe(card.id);
  expect(old).not.toBe(card.id);
  expect(await customerRow(deleted.customer)).toMatchObject({ deleted: true, current: false });
  expect(await customerRow(buyer)).toMatchObject({ name: 'Grace' });
  expect((await site.compare()).differences.data).toEqual([]);
});

test('a card that its bank replaced, and one that was chosen for the subscription', async () => {
  const { id, customer } = await subscriber('cards');
  const { id: first } = await shop.client.paymentMethods.attach('pm_card_visa', { customer });
  await shop.client.customers.update(customer, {
    invoice_settings: { default_payment_method: first },
  });
  await shop.settle();
  await site.once();
  await site.unheard(() =>
    Promise.resolve(shop.stripe.bank.replaceCard(first, { exp_month: 7, last4: '0007' }))
  );
  expect(await site.once()).toEqual(new Map([[customer, ['cardExpMonth', 'cardLast4']]]));
  expect(await customerRow(customer)).toMatchObject({ cardLast4: '0007', cardExpMonth: 7 });

  const { id: second } = await shop.client.paymentMethods.attach('pm_card_mastercard', {
    customer,
  });
  await shop.settle();
  await site.unheard(() =>
    shop.client.subscriptions.update(id, { default_payment_method: second })
  );
  expect(await site.once()).toEqual(new Map([[customer, ['defaultPaymentMethod']]]));
  expect(await customerRow(customer)).toMatchObject({ cardBrand: 'mastercard' });
});

test('grants that are missing, that ended and that were left open', async () => {
  const [missing, ended, left] = await Promise.all([
    subscriber('grant-missing'),
    subscriber('grant-ended'),
    subscriber('grant-left'),
  ]);
  await shop.client.subscriptions.cancel(left.id);
  await shop.settle();
  const grant = async (id: string) => (await grantsOf(id))[0]?.id;
  await shop.rows('grant').delete({ where: { id: await grant(missing.id) } });
  const past = new Date(shop.stripe.now() - DAY).toISOString();
  const write = async (id: string, data: object) =>
    shop.rows('grant').update({ where: { id: await grant(id) }, data: { ...data } });
  await write(ended.id, { endsAt: past });
  await write(left.id, { endsAt: null });
  expect(await site.once()).toEqual(
    new Map([missing, ended, left].map(({ id }) => [id, ['grant']]))
  );
  expect(await desk.held(missing.reader)).toEqual(['gold']);
  expect(await desk.held(ended.reader)).toEqual(['gold']);
  expect(await desk.held(left.reader)).toEqual([]);
});

test('a grant that is withheld, or is not, against what became of its money', async () => {
  const { id, customer, reader } = await subscriber('withheld');
  const dispute = shop.stripe.bank.openDispute(await chargeOf(customer));
  await shop.settle();
  expect(await desk.held(reader)).toEqual([]);
  await shop.rows('grant').updateMany({
    where: { id: (await grantsOf(id))[0]?.id },
    data: { revokedAt: null, revokedReason: null },
  });
  expect(await site.once()).toEqual(new Map([[id, ['grant']]]));
  expect(await desk.held(reader)).toEqual([]);
  await site.unheard(() => Promise.resolve(shop.stripe.bank.closeDispute(dispute.id, true)));
  await site.once();
  expect(await desk.held(reader)).toEqual(['gold']);
});

test('what its invoices alone tell of a subscription', async () => {
  const owing = await subscriber('owing');
  const paying = await subscriber('paying');
  const card = await shop.client.paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: owing.customer,
  });
  await shop.client.subscriptions.update(owing.id, { default_payment_method: card.id });
  await shop.advance(40 * DAY);
  const { pastDueSince, status } = await rowOf(owing.id);
  expect([status, pastDueSince]).toEqual(['past_due', expect.any(String)]);
  await site.once();
  const wrong = async (id: string, data: object) =>
    shop.rows('subscription').updateMany({ where: { stripeId: id }, data: { ...data } });
  const later = new Date(Date.parse(String(pastDueSince)) + 3 * DAY).toISOString();
  const earlier = new Date(Date.parse(String(pastDueSince)) - 3 * DAY).toISOString();
  for (const since of [null, later, earlier]) {
    await wrong(owing.id, { pastDueSince: since });
    expect((await site.once()).get(owing.id)).toContain('pastDueSince');
    expect((await rowOf(owing.id)).pastDueSince).toBe(pastDueSince);
  }
  await wrong(paying.id, { paid: false, pastDueSince: earlier });
  expect(await site.once()).toEqual(new Map([[paying.id, ['paid', 'pastDueSince']]]));
  const where = { subscription: (await rowOf(owing.id)).id, status: 'open' };
  const payment = await shop.rows('payment').findOne({ where });
  await shop
    .rows('payment')
    .update({ where: { id: payment?.id }, data: { intentStatus: 'processing' } });
  expect(await site.once()).toEqual(new Map([[owing.id, ['intentStatus']]]));
});

test('revenue after discounts, the subscription’s own and its customer’s', async () => {
  const own = await subscriber('discounted');
  const theirs = await subscriber('customer-discounted');
  const { id: coupon } = await shop.client.coupons.create({
    percent_off: 50,
    duration: 'forever',
  });
  const code = await shop.client.promotionCodes.create({
    promotion: { type: 'coupon', coupon },
    code: 'HALF',
  });
  await shop.settle();
  await site.unheard(async () => {
    await shop.client.subscriptions.update(own.id, { discounts: [{ coupon }] });
    await shop.client.rawRequest('POST', `/v1/customers/${theirs.customer}`, {
      promotion_code: code.id,
    });
  });
  const found = await site.once();
  expect(found.get(own.id)).toEqual(['items', 'mrr']);
  expect(found.get(theirs.id)).toEqual(['items', 'mrr']);
  expect(found.get(theirs.customer)).toEqual(['discount']);
  expect(await mrrOf(own.id)).toBe('450000');
  expect((await desk.ledger(theirs.reader)).map(({ mrrChange }) => mrrChange)).toEqual([
    '900000',
    '-450000',
  ]);
});

test('revenue in another currency of its price', async () => {
  await shop.client.prices.update(smallerId, { currency_options: { jpy: { unit_amount: 700 } } });
  const reader = await shop.register('yen');
  const { id } = await desk.subscribe(reader, { items: [{ price: smallerId }], currency: 'jpy' });
  expect(await mrrOf(id)).toBe('700000');
  await site.once();
  await shop.rows('subscription').updateMany({ where: { stripeId: id }, data: { mrr: '1' } });
  expect(await site.once()).toEqual(new Map([[id, ['mrr']]]));
});

test('a change that is to come', async () => {
  const { id } = await subscriber('downgrades');
  await site.unheard(async () => {
    const made = await shop.client.subscriptionSchedules.create({ from_subscription: id });
    const [{ start_date, end_date, items } = { start_date: 0, end_date: 0, items: [] }] =
      made.phases;
    const [item] = items;
    const price = typeof item?.price === 'string' ? item.price : '';
    await shop.client.subscriptionSchedules.update(made.id, {
      phases: [
        { items: [{ price, quantity: 1 }], start_date, end_date },
        { items: [{ price: smallerId, quantity: 1 }] },
      ],
    });
  });
  expect(await site.once()).toEqual(new Map([[id, ['pendingChange']]]));
  expect((await rowOf(id)).pendingChange).toMatchObject({ cause: 'schedule' });
});

test('the end of a trial that nobody was told of', async () => {
  const reader = await shop.register('trial');
  await site.unheard(async () => {
    const { id } = await desk.subscribe(reader, {
      items: [{ price: smallerId }],
      trial_period_days: 10,
    });
    await site.once();
    await shop.stripe.advance(7 * DAY + 3_600_000, { settle: true });
    expect((await rowOf(id)).trialEndingFor).toBeNull();
  });
  const { id } = await rowOf((await shop.me(reader)).subscriptions[0]?.stripeId ?? '');
  expect([...(await site.once()).values()]).toContainEqual(['trialEndingFor']);
  expect(
    (await shop.rows('subscription').findOne({ where: { id } }))?.trialEndingFor
  ).not.toBeNull();
});

test('a purchase and a subscription that were paid back, unheard as a whole', async () => {
  const reader: Reader = await shop.register('paid-back');
  const patron = await shop.register('patron-back');
  const guest = { email: 'guest-back@mail.example' };
  await site.unheard(async () => {
    await shop.buy(reader, monthly);
    await shop.client.refunds.create({ charge: await chargeOf(await desk.customerOf(reader)) });
    await shop.buy(patron, forever);
    const charge = await chargeOf(await desk.customerOf(patron));
    await shop.client.refunds.create({ charge, amount: 700 });
    shop.stripe.bank.warnOfFraud(charge);
    await shop.buy(null, forever, guest);
    const { data } = await shop.client.customers.list({ email: guest.email });
    shop.stripe.bank.openDispute(await chargeOf(data[0]?.id ?? ''));
    await shop.buy(null, monthly, { email: 'guest-monthly@mail.example' });
    const { data: others } = await shop.client.customers.list({
      email: 'guest-monthly@mail.example',
    });
    await shop.client.refunds.create({ charge: await chargeOf(others[0]?.id ?? '') });
  });
  await site.once();
  const money = async (where: object) =>
    (await shop.rows('payment').findMany({ where: { ...where } })).map((row) => [
      row.amountRefunded,
      row.disputeStatus,
    ]);
  expect(await money({ member: { user: { id: reader.id } } })).toEqual([['900', null]]);
  expect(await money({ member: { user: { id: patron.id } } })).toEqual([['700', null]]);
  expect(await money({ member: { email: guest.email } })).toEqual([['0', 'needs_response']]);
  expect(await money({ member: { email: 'guest-monthly@mail.example' } })).toEqual([['900', null]]);
});

test('the revenue of somebody who came and went, unheard as a whole', async () => {
  const reader = await shop.register('came-and-went');
  const began = stripe.now();
  await site.unheard(async () => {
    await shop.buy(reader, monthly);
    await shop.advance(40 * DAY);
    const { data } = await shop.client.subscriptions.list({
      customer: await desk.customerOf(reader),
    });
    await shop.client.subscriptions.cancel(data[0]?.id ?? '');
  });
  const ended = stripe.now();
  await shop.advance(5 * DAY);
  await site.once();
  const movements = await shop.rows('movement').findMany({
    where: { member: { user: { id: reader.id } } },
    orderBy: { id: 'asc' },
  });
  const days = movements.map(({ occurredAt }) => new Date(occurredAt).getTime());
  expect(days).toEqual([began, ended]);
  expect(movements).toMatchObject([
    { kind: 'new', memberChange: 1, mrrChange: '900000' },
    { kind: 'churn', memberChange: -1, mrrChange: '-900000' },
  ]);
  expect(await shop.rows('payment').count({ where: { member: { user: { id: reader.id } } } })).toBe(
    2
  );
});

test('an early warning of fraud', async () => {
  const { customer, reader } = await subscriber('warned');
  const charge = await chargeOf(customer);
  await site.unheard(() => Promise.resolve(shop.stripe.bank.warnOfFraud(charge)));
  expect(await site.once()).toEqual(new Map([[charge, ['*']]]));
  const where = { member: { user: { id: reader.id } } };
  const [payment] = await shop.rows('payment').findMany({ where });
  expect(payment?.fraudWarningAt).not.toBeNull();
});

test('a guest’s way in, when only the checkout was not heard of', async () => {
  const email = 'guest-in@mail.example';
  await site.unheard(() => shop.buy(null, monthly, { email }), ['checkout.session.*']);
  expect(await shop.rows('message').count({ where: { to: email } })).toBe(0);
  expect([...(await site.once()).values()]).toEqual([['account']]);
  expect(await shop.rows('message').findMany({ where: { to: email } })).toMatchObject([
    { template: 'set-password' },
  ]);
});

test('every invoice of one that has more than a thousand', async () => {
  const { id } = await subscriber('daily');
  const { tables, paymentByInvoice } = stripe.worldFor(false);
  const invoice = tables.invoices
    .all()
    .find((one) => one.parent?.subscription_details?.subscription === id);
  const payment = tables.invoicePayments.all().find((one) => one.invoice === invoice?.id);
  if (!invoice || !payment) throw new Error('nothing to copy');
  for (let number = 0; number < 1_010; number += 1) {
    const copy = `in_daily${number}`;
    paymentByInvoice.set(
      copy,
      tables.invoicePayments.put({ ...payment, id: `inpay_daily${number}`, invoice: copy }).id
    );
    tables.invoices.put({ ...invoice, id: copy });
  }
  await site.once();
  const where = { subscription: (await rowOf(id)).id };
  expect(await shop.rows('payment').count({ where })).toBe(1_011);
});
