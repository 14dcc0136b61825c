import { getService } from '../../server/src/get-service';
import { openLine, type Line } from '../support/line';
import { openShop, START, type Shop } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';

/** Tiers and prices made in Strapi appear in Stripe, once. */
describe('the catalogue', () => {
  let stripe: StripeSimulator;
  let line: Line;
  let shop: Shop;

  beforeAll(async () => {
    stripe = await startStripe({ now: START });
    line = await openLine(stripe.url);
    shop = await openShop({ simulator: stripe, env: { STRIPE_API_BASE: line.url } });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
    await stripe.close();
  });
  afterEach(async () => {
    line.mend();
    await shop.background.idle();
    expect(stripe.violations).toEqual([]);
  });

  const tierRow = (documentId: string) => shop.rows('tier').findOne({ where: { documentId } });
  const priceRow = (documentId: string) => shop.rows('price').findOne({ where: { documentId } });
  const products = async () => (await shop.client.products.list({ limit: 100 })).data;
  const pricesOf = async (product: string) =>
    (await shop.client.prices.list({ product, limit: 100 })).data;
  const productOf = async (tier: string) => (await tierRow(tier))?.stripeId ?? '';
  const update = async (name: 'tier' | 'price', documentId: string, data: object) => {
    await shop.rows(name).update({ where: { documentId }, data: { ...data } });
    await shop.background.idle();
  };

  it('tells Stripe of a tier and its prices as they are', async () => {
    const tier = await shop.tier('Gold', { description: 'Everything' });
    const monthly = await shop.price(tier);
    const quarterly = await shop.price(tier, { amount: 2500, intervalCount: 3, currency: 'jpy' });
    const once = await shop.price(tier, { amount: 9900, interval: null });

    const product = await shop.client.products.retrieve(await productOf(tier));
    expect(product).toMatchObject({
      name: 'Gold',
      active: true,
      description: 'Everything',
      metadata: { tier, slug: 'gold' },
    });
    const byDocument = new Map(
      (await pricesOf(product.id)).map((price) => [price.metadata.price, price])
    );
    expect(byDocument.size).toBe(3);
    expect(byDocument.get(monthly)).toMatchObject({
      unit_amount: 900,
      currency: 'eur',
      active: true,
      recurring: { interval: 'month', interval_count: 1 },
    });
    expect(byDocument.get(quarterly)).toMatchObject({
      unit_amount: 2500,
      currency: 'jpy',
      recurring: { interval: 'month', interval_count: 3 },
    });
    expect(byDocument.get(once)).toMatchObject({ unit_amount: 9900, recurring: null });
    expect(await priceRow(monthly)).toMatchObject({
      livemode: false,
      syncError: null,
      account: (await shop.client.accounts.retrieveCurrent()).id,
    });
  });

  it('follows a name, an empty description, an archive and a restore', async () => {
    const tier = await shop.tier('Silver', { description: 'Some' });
    const price = await shop.price(tier);
    const product = await productOf(tier);
    await update('tier', tier, { name: 'Sterling', description: null });
    expect(await shop.client.products.retrieve(product)).toMatchObject({
      name: 'Sterling',
      description: null,
    });

    const { stripeId } = (await priceRow(price)) ?? {};
    await update('tier', tier, { archivedAt: new Date(START).toISOString() });
    expect((await shop.client.products.retrieve(product)).active).toBe(false);
    expect((await shop.client.prices.retrieve(stripeId ?? '')).active).toBe(false);
    await update('tier', tier, { archivedAt: null });
    expect((await shop.client.products.retrieve(product)).active).toBe(true);
    expect((await shop.client.prices.retrieve(stripeId ?? '')).active).toBe(true);
    await update('price', price, { active: false });
    expect((await shop.client.prices.retrieve(stripeId ?? '')).active).toBe(false);
    expect(await pricesOf(product)).toHaveLength(1);
  });

  it('keeps free tiers to itself', async () => {
    const before = (await products()).length;
    const free = await shop.tier('Free', { kind: 'free' });
    expect(await tierRow(free)).toMatchObject({ stripeId: null, syncError: null });
    expect((await products()).length).toBe(before);
  });

  it('asks nothing of Stripe when nothing changed', async () => {
    await shop.background.idle();
    const asked = line.requests.length;
    shop.background.wake();
    await shop.background.idle();
    expect(line.requests.slice(asked)).toEqual([]);
  });

  it('pushed by many at once, makes one product and one price', async () => {
    const { db } = shop.strapi;
    const { catalogue } = getService(shop.strapi, 'billing');
    const documentId = 'concurrenttier0000000001';
    // Written beside the lifecycles: nobody has been told of them yet.
    await db
      .getConnection(db.metadata.get('plugin::memberships.tier').tableName)
      .insert({ document_id: documentId, name: 'Rush', slug: 'rush', kind: 'paid', rank: 9 });
    const tier = await tierRow(documentId);
    await db.getConnection(db.metadata.get('plugin::memberships.price').tableName).insert({
      document_id: 'concurrentprice000000001',
      tier_id: tier?.id,
      amount: 700,
      currency: 'eur',
      interval: 'month',
      interval_count: 1,
      trial_days: 0,
      active: true,
    });

    const ids = await Promise.all([
      ...Array.from({ length: 5 }, () => catalogue.push('concurrentprice000000001')),
      catalogue.run(),
      catalogue.push('concurrentprice000000001'),
    ]);
    await shop.background.idle();
    const pushed = new Set(ids.filter((id) => typeof id === 'string'));
    expect(pushed.size).toBe(1);
    expect(ids.slice(0, 5)).not.toContain(null);
    expect((await products()).filter(({ name }) => name === 'Rush')).toHaveLength(1);
    expect(await pricesOf(await productOf(documentId))).toHaveLength(1);
    expect(await priceRow('concurrentprice000000001')).toMatchObject({ syncError: null });
    expect(await tierRow(documentId)).toMatchObject({ syncError: null });
  });

  it('says what Stripe refused, waits for a person, and tries again when told to', async () => {
    const tier = await shop.tier('Refused');
    line.refuse(/POST \/v1\/prices/, 400, {
      type: 'invalid_request_error',
      message: 'Amount must be at least 50 cents',
      param: 'unit_amount',
    });
    const price = await shop.price(tier);
    expect(await priceRow(price)).toMatchObject({
      stripeId: null,
      syncError: expect.stringContaining('at least 50 cents'),
    });
    const asked = line.requests.length;
    shop.background.wake();
    await shop.background.idle();
    expect(line.requests.slice(asked)).toEqual([]);

    const checkout = await shop.checkout(null, price);
    expect(checkout.status).toBe(503);
    expect(checkout.body.error).toMatchObject({
      name: 'ServiceUnavailableError',
      details: { code: 'price-not-synced', field: 'price' },
    });

    line.mend();
    await update('price', price, { syncError: null, syncedHash: null });
    expect(await priceRow(price)).toMatchObject({
      syncError: null,
      stripeId: expect.stringMatching(/^price_/),
    });
    expect(await pricesOf(await productOf(tier))).toHaveLength(1);
  });

  it('heals by itself after an outage, with nothing made twice', async () => {
    line.cut();
    const tier = await shop.tier('Outage');
    const price = await shop.price(tier);
    expect(await tierRow(tier)).toMatchObject({ stripeId: null });
    expect((await tierRow(tier))?.syncError).toEqual(expect.any(String));
    expect((await tierRow(tier))?.syncError).not.toContain(stripe.secretKey);

    line.mend();
    shop.background.wake();
    await shop.background.idle();
    expect(await tierRow(tier)).toMatchObject({
      syncError: null,
      stripeId: expect.stringMatching(/^prod_/),
    });
    expect(await pricesOf(await productOf(tier))).toHaveLength(1);
    expect(await priceRow(price)).toMatchObject({ syncError: null });
  });

  it('adopts the price of a push that crashed before it was written down', async () => {
    const tier = await shop.tier('Crash');
    const price = await shop.price(tier);
    const { stripeId } = (await priceRow(price)) ?? {};
    await update('price', price, { stripeId: null, syncedHash: null, account: null });
    expect((await priceRow(price))?.stripeId).toBe(stripeId);
    expect(await pricesOf(await productOf(tier))).toHaveLength(1);
  });

  it('makes a customer anew when the old one was deleted at Stripe', async () => {
    const tier = await shop.tier('Again');
    const price = await shop.price(tier);
    const reader = await shop.register('again');
    const first = await shop.checkout(reader, price);
    const session = await shop.client.checkout.sessions.retrieve(first.body.data.sessionId);
    const old = typeof session.customer === 'string' ? session.customer : '';
    await shop.client.checkout.sessions.expire(session.id);
    await shop.client.customers.del(old);
    await shop.settle();

    const portal = await shop.http
      .post('/api/memberships/me/portal')
      .set(reader.auth)
      .send({ returnUrl: 'https://front.example/' });
    expect(portal.status).toBe(409);
    expect(portal.body.error.details.code).toBe('no-customer');
    await shop.buy(reader, price);
    const me = await shop.me(reader);
    expect(me.tiers.map(({ slug }) => slug)).toContain('again');
    const where = { member: { documentId: me.member.documentId } };
    const customers = await shop.rows('customer').findMany({ where, orderBy: { id: 'asc' } });
    expect(customers).toMatchObject([
      { stripeId: old, current: false },
      { stripeId: expect.stringMatching(/^cus_/), current: true },
    ]);
  });
});
