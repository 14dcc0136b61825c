import { openShop, type Reader, type Shop } from '../support/shop';
import { openDesk, type Desk } from './subscriptions-support';

/** What Stripe says of who pays: how they are called, what with, and with which discount. */
describe('a customer', () => {
  let shop: Shop;
  let desk: Desk;
  let price: string;

  beforeAll(async () => {
    shop = await openShop();
    desk = openDesk(shop);
    price = await shop.price(await shop.tier('Gold'));
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
  });

  const member = async (name: string) => {
    const reader = await shop.register(name);
    await shop.buy(reader, price);
    return { reader, customer: await desk.customerOf(reader) };
  };
  const row = (stripeId: string) => shop.rows('customer').findOne({ where: { stripeId } });
  const subscriptionOf = async (reader: Reader) =>
    (await shop.me(reader)).subscriptions[0]?.stripeId ?? '';
  /** Where Stripe keeps the card: on the customer, and on the subscription. */
  const defaults = async (customer: string, subscription: string) => {
    const found = await shop.client.customers.retrieve(customer);
    const { default_payment_method } = await shop.client.subscriptions.retrieve(subscription);
    return [
      found.deleted ? null : found.invoice_settings.default_payment_method,
      default_payment_method,
    ];
  };

  it('is followed in name and address, and a member keeps their own', async () => {
    const { reader, customer } = await member('renamed');
    const email = 'somebody.else@mail.example';
    await shop.client.customers.update(customer, { email, name: 'Ada' });
    await shop.settle();
    expect(await row(customer)).toMatchObject({ email, name: 'Ada', current: true });
    const { member: same } = await shop.me(reader);
    expect(same.email).toBe(reader.email);
    // An address that belongs to somebody links nobody to them.
    const other = await shop.register('other');
    await shop.client.customers.update(customer, { email: other.email });
    await shop.settle();
    expect((await shop.me(other)).subscriptions).toEqual([]);
  });

  it('with a name longer than a column, and an address that is none, holds what was paid', async () => {
    const made = await shop.client.customers.create({
      name: 'n'.repeat(256),
      email: `somebody@${'mail.'.repeat(60)}example`,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const items = [{ price: await desk.stripePrice(price) }];
    const { id } = await shop.client.subscriptions.create({ customer: made.id, items });
    await shop.settle();
    const kept = { name: 'n'.repeat(255), email: null };
    expect(await row(made.id)).toMatchObject(kept);
    const found = await shop
      .rows('subscription')
      .findOne({ where: { stripeId: id }, populate: ['member'] });
    expect(found).toMatchObject({ status: 'active', member: kept });
  });

  it('pays with one card, wherever it was changed, and its end is known', async () => {
    const { reader, customer } = await member('card');
    const subscription = await subscriptionOf(reader);
    const [first, own] = await defaults(customer, subscription);
    expect(first).toMatch(/^pm_/);
    expect(first).toBe(own);
    expect(await row(customer)).toMatchObject({
      cardBrand: 'visa',
      cardLast4: '4242',
      cardExpMonth: expect.any(Number),
      cardExpYear: expect.any(Number),
    });

    const attach = async (card: string) =>
      (await shop.client.paymentMethods.attach(card, { customer })).id;
    const second = await attach('pm_card_mastercard');
    await shop.client.customers.update(customer, {
      invoice_settings: { default_payment_method: second },
    });
    await shop.settle();
    expect(await defaults(customer, subscription)).toEqual([second, second]);
    expect(await row(customer)).toMatchObject({ cardBrand: 'mastercard' });

    const third = await attach('pm_card_visa');
    await shop.settle();
    await shop.client.subscriptions.update(subscription, { default_payment_method: third });
    await shop.settle();
    expect(await defaults(customer, subscription)).toEqual([third, third]);

    shop.stripe.bank.replaceCard(third, { exp_month: 7, exp_year: 2031, last4: '0007' });
    await shop.settle();
    expect(await row(customer)).toMatchObject({
      cardLast4: '0007',
      cardExpMonth: 7,
      cardExpYear: 2031,
    });
  });

  it('with a discount of all it buys: revenue follows, once it comes and once it goes', async () => {
    const { reader, customer } = await member('discounted');
    const { id: coupon } = await shop.client.coupons.create({
      percent_off: 50,
      duration: 'forever',
    });
    const code = await shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon },
      code: 'HALF',
    });
    await shop.client.rawRequest('POST', `/v1/customers/${customer}`, { promotion_code: code.id });
    await shop.settle();
    const changes = async () => (await desk.ledger(reader)).map(({ mrrChange }) => mrrChange);
    expect(await changes()).toEqual(['900000', '-450000']);
    await shop.client.customers.deleteDiscount(customer);
    await shop.settle();
    expect(await changes()).toEqual(['900000', '-450000', '450000']);
    expect(await desk.held(reader)).toEqual(['gold']);
  });

  it('deleted at Stripe ends what it paid for; its member buys again with another', async () => {
    const { reader, customer } = await member('deleted');
    await shop.client.customers.del(customer);
    await shop.settle();
    expect(await desk.held(reader)).toEqual([]);
    expect(await row(customer)).toMatchObject({ current: false, deleted: true, cardLast4: null });
    expect((await desk.ledger(reader)).map(({ kind }) => kind)).toEqual(['new', 'churn']);
    await shop.buy(reader, price);
    expect(await desk.held(reader)).toEqual(['gold']);
    const rows = await shop.rows('customer').findMany({
      where: { member: { user: { id: reader.id } } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ current }) => current)).toEqual([false, true]);
  });

  it('of another site is not even asked for', async () => {
    const before = await shop.counts();
    const made = await shop.client.customers.create({
      email: 'mug@mail.example',
      payment_method: 'pm_card_visa',
    });
    await shop.client.customers.update(made.id, { name: 'Mug' });
    await shop.client.customers.del(made.id);
    await shop.settle();
    expect(await shop.counts()).toEqual({ ...before, inbox: expect.any(Number) });
    const rows = await shop.rows('inbox').findMany({ where: { key: made.id } });
    expect(rows.length).toBeGreaterThan(2);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['ignored']));
  });
});

/** No delivery comes: what is due is found out from the fetched subscription alone. */
describe('the first card of a customer', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({ webhook: false });
  });
  afterAll(() => shop.stop());

  it('is the default of the customer too, once the success page was seen', async () => {
    const price = await shop.price(await shop.tier('Gold'));
    const email = 'first-card@mail.example';
    const sessionId = await shop.buy(null, price, { email });
    await shop.http.post('/api/memberships/checkout/sync').send({ sessionId }).expect(200);
    shop.background.wake();
    await shop.settle();
    const session = await shop.client.checkout.sessions.retrieve(sessionId, {
      expand: ['subscription', 'customer'],
    });
    const { subscription, customer } = session;
    if (typeof subscription !== 'object' || typeof customer !== 'object') throw new Error(email);
    if (!subscription || !customer || customer.deleted) throw new Error(email);
    expect(subscription.default_payment_method).toMatch(/^pm_/);
    expect(customer.invoice_settings.default_payment_method).toBe(
      subscription.default_payment_method
    );
  });
});
