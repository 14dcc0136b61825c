import { DAY, openShop, type Shop } from '../support/shop';

/** Coupons and promotion codes of Stripe, mirrored. */
describe('offers', () => {
  let shop: Shop;
  let product: string;
  let monthly: string;

  beforeAll(async () => {
    shop = await openShop({ env: { GRAPHQL_ENABLED: 'true' } });
    const tier = await shop.tier('Gold');
    monthly = await shop.price(tier);
    product = (await shop.rows('tier').findOne({ where: { documentId: tier } }))?.stripeId ?? '';
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(async () => {
    expect(shop.stripe.violations).toEqual([]);
    expect(await shop.rows('inbox').count({ where: { attempts: { $gt: 0 } } })).toBe(0);
  });

  const offer = (stripeId: string) => shop.rows('offer').findOne({ where: { stripeId } });
  const seconds = (milliseconds: number) => Math.floor((shop.stripe.now() + milliseconds) / 1000);

  it('mirror a coupon with all that it says', async () => {
    const redeemBy = seconds(30 * DAY);
    const coupon = await shop.client.coupons.create({
      id: 'three-months',
      name: 'Spring',
      amount_off: 250,
      currency: 'eur',
      duration: 'repeating',
      duration_in_months: 3,
      max_redemptions: 40,
      redeem_by: redeemBy,
      applies_to: { products: [product] },
    });
    await shop.settle();
    expect(await offer(coupon.id)).toMatchObject({
      name: 'Spring',
      code: null,
      coupon: 'three-months',
      percentOff: null,
      amountOff: '250',
      currency: 'eur',
      duration: 'repeating',
      durationInMonths: 3,
      maxRedemptions: 40,
      timesRedeemed: 0,
      expiresAt: new Date(redeemBy * 1000).toISOString(),
      active: true,
      appliesTo: [product],
      restrictions: null,
      livemode: false,
      account: (await shop.client.accounts.retrieveCurrent()).id,
    });
  });

  it('mirror a promotion code together with its coupon, and follow it', async () => {
    await shop.client.coupons.create({
      id: 'half',
      name: 'Half',
      percent_off: 33.33,
      duration: 'forever',
      redeem_by: seconds(20 * DAY),
    });
    const customer = await shop.client.customers.create({ email: 'one@guest.example' });
    const code = await shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'half' },
      code: 'HALF',
      customer: customer.id,
      max_redemptions: 2,
      expires_at: seconds(10 * DAY),
      restrictions: {
        first_time_transaction: true,
        minimum_amount: 500,
        minimum_amount_currency: 'eur',
      },
    });
    await shop.settle();
    expect(await offer(code.id)).toMatchObject({
      name: 'Half',
      code: 'HALF',
      coupon: 'half',
      percentOff: 33.33,
      amountOff: null,
      currency: null,
      duration: 'forever',
      maxRedemptions: 2,
      expiresAt: new Date((code.expires_at ?? 0) * 1000).toISOString(),
      active: true,
      appliesTo: null,
      customer: customer.id,
      restrictions: {
        firstTimeTransaction: true,
        minimumAmount: 500,
        minimumAmountCurrency: 'eur',
      },
    });
    expect(await offer('half')).toMatchObject({ code: null, percentOff: 33.33 });

    await shop.client.coupons.update('half', { name: 'A third' });
    await shop.client.promotionCodes.update(code.id, { active: false });
    await shop.settle();
    expect(await offer('half')).toMatchObject({ name: 'A third', active: true });
    expect(await offer(code.id)).toMatchObject({ name: 'A third', active: false });
  });

  it('count what was redeemed, of the code and of its coupon', async () => {
    const coupon = await shop.client.coupons.create({ percent_off: 10, duration: 'once' });
    const code = await shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'COUNTED',
    });
    const { body } = await shop.checkout(null, monthly, { promotionCode: 'counted' });
    shop.stripe.pay(body.data.sessionId, { email: 'counted@guest.example' });
    await shop.settle();
    expect(await offer(code.id)).toMatchObject({ timesRedeemed: 1 });
    expect(await offer(coupon.id)).toMatchObject({ timesRedeemed: 1 });
  });

  it('of a coupon that was deleted are kept, and are not active', async () => {
    await shop.client.coupons.create({ id: 'deleted', percent_off: 10 });
    const code = await shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'deleted' },
      code: 'DELETED',
    });
    await shop.settle();
    await shop.client.coupons.del('deleted');
    await shop.settle();
    expect(await offer('deleted')).toMatchObject({ active: false, percentOff: 10 });
    expect(await offer(code.id)).toMatchObject({ active: false });
    await shop.client.promotionCodes.update(code.id, { metadata: { a: 'b' } });
    await shop.settle();
    expect(await offer(code.id)).toMatchObject({ active: false });
  });

  it('for another site’s products stay there', async () => {
    const other = await shop.client.products.create({ name: 'Elsewhere' });
    await shop.client.coupons.create({
      id: 'foreign',
      percent_off: 10,
      applies_to: { products: [other.id] },
    });
    const code = await shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'foreign' },
      code: 'FOREIGN',
    });
    await shop.settle();
    expect([await offer('foreign'), await offer(code.id)]).toEqual([null, null]);
    const keys = ['coupon:foreign', code.id];
    const rows = await shop.rows('inbox').findMany({ where: { key: { $in: keys } } });
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['ignored']));
  });

  it('are one row however often and in whichever order their events come', async () => {
    await shop.client.coupons.create({ id: 'often', percent_off: 10 });
    const code = await shop.client.promotionCodes.create({
      promotion: { type: 'coupon', coupon: 'often' },
      code: 'OFTEN',
    });
    const events = shop.stripe
      .events()
      .filter(({ type }) => /^(coupon|promotion_code)\./.test(type));
    for (const { id } of [...events].reverse()) shop.stripe.resend(id);
    await shop.settle();
    expect(await shop.rows('offer').count({ where: { coupon: 'often' } })).toBe(2);
    expect(await offer(code.id)).toMatchObject({ active: true });
    const write = () =>
      shop.rows('offer').create({
        data: { stripeId: code.id, livemode: false, account: 'acct_elsewhere' },
      });
    await write();
    // Of another test's realm, it is no `Error` to Jest.
    await expect(write()).rejects.toHaveProperty(
      'message',
      expect.stringMatching(/unique|duplic/i)
    );
  });

  it('are kept from GraphQL, the Content Manager and a boot without the plugin', async () => {
    const schema: unknown = shop.strapi.contentType('plugin::memberships.offer').pluginOptions;
    expect(schema).toMatchObject({ 'content-manager': { visible: false } });
    const { body } = await shop.http
      .post('/graphql')
      .send({ query: '{ __schema { types { name } } }' });
    expect(JSON.stringify(body)).not.toMatch(/MembershipsOffer/i);
    const kept: unknown = await shop.strapi.store.get({ type: 'core', key: 'persisted_tables' });
    expect(JSON.stringify(kept)).toContain('memberships_offers');
  });
});
