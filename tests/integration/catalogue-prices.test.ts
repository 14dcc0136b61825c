import { addAdmin, type Admin } from '../support/admin';
import { openShop, type Answer, type Shop } from '../support/shop';

const PRICE = 'plugin::memberships.price';
const TIER = 'plugin::memberships.tier';

/** A price never changes what it costs; what stands in its place at Stripe is looked at before it is used. */
describe('a price', () => {
  let shop: Shop;
  let owner: Admin;

  beforeAll(async () => {
    shop = await openShop();
    owner = await addAdmin(shop, 'strapi-super-admin');
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
  });

  const priceRow = (documentId: string) => shop.rows('price').findOne({ where: { documentId } });
  const tierRow = (documentId: string) => shop.rows('tier').findOne({ where: { documentId } });
  const pricesOf = (tier: string) =>
    shop.rows('price').findMany({ where: { tier: { documentId: tier } }, orderBy: { id: 'asc' } });
  const put = async (documentId: string, change: object): Promise<Answer> => {
    const answer = await owner.put(`/prices/${documentId}`, change);
    await shop.settle();
    return answer;
  };
  const atStripe = async (documentId: string) =>
    shop.client.prices.retrieve((await priceRow(documentId))?.stripeId ?? '');
  const stripePrices = async (tier: string) => {
    const product = (await tierRow(tier))?.stripeId ?? '';
    return (await shop.client.prices.list({ product, limit: 100 })).data;
  };

  describe('whose terms are changed', () => {
    it('is another price from then on; its members keep theirs', async () => {
      const tier = await shop.tier('Changed');
      const old = await shop.price(tier, { trialDays: 7 });
      const member = await shop.register('keeps');
      await shop.buy(member, old);

      const { status, body } = await put(old, { amount: 1100 });
      expect(status).toBe(200);
      const [before, after] = await pricesOf(tier);
      expect(body.data.prices.map(({ documentId }: { documentId: string }) => documentId)).toEqual(
        expect.arrayContaining([before?.documentId, after?.documentId])
      );
      expect(before).toMatchObject({ documentId: old, amount: '900', active: false });
      expect(after).toMatchObject({ amount: '1100', active: true, trialDays: 7, currency: 'eur' });
      expect(await atStripe(old)).toMatchObject({ unit_amount: 900, active: false });
      expect(await atStripe(after?.documentId ?? '')).toMatchObject({
        unit_amount: 1100,
        active: true,
      });

      const refused = await shop.checkout(null, old);
      expect([refused.status, refused.body.error.details]).toEqual([
        400,
        { code: 'price-inactive', field: 'price' },
      ]);
      expect((await shop.checkout(null, after?.documentId ?? '')).status).toBe(200);

      await shop.advance(40 * 86_400_000);
      const me = await shop.me(member);
      expect(me.tiers.map(({ slug }) => slug)).toEqual(['changed']);
      expect(me.subscriptions).toMatchObject([{ status: 'active' }]);
      const paid = await shop.rows('payment').findMany({ where: { amountPaid: { $gt: 0 } } });
      expect(new Set(paid.map(({ amountPaid }) => amountPaid))).toEqual(new Set(['900']));
    });

    it.each([
      ['currency', { currency: 'usd' }],
      ['period', { interval: 'year' }],
      ['period’s length', { intervalCount: 3 }],
      ['being paid once', { interval: null }],
    ])('by its %s', async (name, change) => {
      const tier = await shop.tier(`By ${Object.keys(change).join()} ${name.length}`);
      const old = await shop.price(tier);
      expect((await put(old, change)).status).toBe(200);
      const [before, after] = await pricesOf(tier);
      expect([before?.active, after?.active]).toEqual([false, true]);
      expect(after).toMatchObject(change);
      expect(await stripePrices(tier)).toHaveLength(2);
    });

    it('by two at once is changed once', async () => {
      const tier = await shop.tier('Twice');
      const old = await shop.price(tier);
      const answers = await Promise.all([
        put(old, { amount: 1000 }),
        put(old, { amount: 2000 }),
        put(old, { amount: 3000 }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await pricesOf(tier)).toHaveLength(2);
    });

    it('by site code, which is answered the new document', async () => {
      const tier = await shop.tier('By code');
      const old = await shop.price(tier);
      const data: Record<string, unknown> = { amount: 1500, trialDays: 14 };
      const answer = await shop.strapi.documents(PRICE).update({ documentId: old, data });
      await shop.settle();
      expect(answer?.documentId).not.toBe(old);
      expect(await priceRow(answer?.documentId ?? '')).toMatchObject({
        amount: '1500',
        active: true,
        trialDays: 14,
      });
      expect(await priceRow(old)).toMatchObject({ amount: '900', active: false });
      expect(await atStripe(old)).toMatchObject({ active: false, unit_amount: 900 });
    });

    it('is the same price when only its trial, its nickname or its sale changes', async () => {
      const tier = await shop.tier('Same');
      const price = await shop.price(tier);
      expect((await put(price, { trialDays: 14, nickname: 'Spring', amount: 900 })).status).toBe(
        200
      );
      expect(await pricesOf(tier)).toMatchObject([{ trialDays: 14, nickname: 'Spring' }]);
      expect((await atStripe(price)).nickname).toBe('Spring');
      await put(price, { nickname: null });
      expect((await atStripe(price)).nickname).toBeNull();
    });

    it.each([
      [{}, 'body'],
      [{ amount: 0 }, 'amount'],
      [{ amount: 1.5 }, 'amount'],
      [{ currency: 'EUR' }, 'currency'],
      [{ interval: 'fortnight' }, 'interval'],
      [{ intervalCount: 37 }, 'intervalCount'],
      [{ interval: 'year', intervalCount: 4 }, 'intervalCount'],
      [{ stripeId: 'price_x' }, 'stripeId'],
    ])('is not changed by %j', async (change, field) => {
      const [row] = await shop.rows('price').findMany({ where: { active: true }, limit: 1 });
      const before = await shop.counts();
      const { status, body } = await put(row?.documentId ?? '', change);
      expect([status, body.error.details.field]).toEqual([400, field]);
      expect(await shop.counts()).toEqual(before);
    });

    it('once it is off sale is refused', async () => {
      const tier = await shop.tier('Off sale');
      const price = await shop.price(tier);
      await put(price, { active: false });
      const { status, body } = await put(price, { amount: 1000 });
      expect([status, body.error.details.code]).toEqual([409, 'price-inactive']);
    });
  });

  it('that Stripe knows is not deleted, nor is its tier; one that nobody knows is', async () => {
    const tier = await shop.tier('Kept');
    const price = await shop.price(tier);
    const remove = (uid: typeof PRICE | typeof TIER, documentId: string) =>
      shop.strapi.documents(uid).delete({ documentId });
    await expect(remove(PRICE, price)).rejects.toMatchObject({
      status: 409,
      details: { code: 'price-in-use' },
    });
    await expect(remove(TIER, tier)).rejects.toMatchObject({
      status: 409,
      details: { code: 'tier-in-use' },
    });
    const unsold = await shop.price(tier, { active: false });
    expect(await priceRow(unsold)).toMatchObject({ stripeId: null, syncError: null });
    await remove(PRICE, unsold);
    expect(await priceRow(unsold)).toBeNull();
  });

  describe('under whose lookup key Stripe has', () => {
    /** A price of ours that is not in Stripe, and somebody's price with its key. */
    const withKey = async (
      name: string,
      other: { unit_amount?: number; currency?: string; interval?: 'month' | 'year' },
      product?: string
    ) => {
      const tier = await shop.tier(name);
      const documentId = await shop.price(tier, { active: false });
      const found = await shop.client.prices.create({
        product: product ?? (await tierRow(tier))?.stripeId ?? '',
        unit_amount: other.unit_amount ?? 900,
        currency: other.currency ?? 'eur',
        recurring: { interval: other.interval ?? 'month' },
        lookup_key: `memberships_${documentId}`,
      });
      return { tier, documentId, found };
    };

    it.each([
      ['another amount', { unit_amount: 100 }],
      ['another currency', { currency: 'usd' }],
      ['another period', { interval: 'year' as const }],
    ])(
      'a price of %s is not sold under it; the row says why, until it is mended',
      async (name, other) => {
        const { documentId, found } = await withKey(name, other);
        await put(documentId, { active: true });
        const row = await priceRow(documentId);
        expect(row?.stripeId).toBeNull();
        expect(row?.syncError).toContain(found.id);
        expect(row?.syncError).toContain('900 eur every 1 month');
        expect((await shop.checkout(null, documentId)).body.error.details.code).toBe(
          'price-not-synced'
        );

        await shop.client.prices.update(found.id, { lookup_key: '' });
        await shop.settle();
        await shop.rows('price').update({
          where: { documentId },
          data: { syncError: null, syncedHash: null },
        });
        await shop.settle();
        expect(await atStripe(documentId)).toMatchObject({ unit_amount: 900, currency: 'eur' });
      }
    );

    it('a price of another product is not', async () => {
      const product = await shop.client.products.create({ name: 'Elsewhere' });
      const { documentId } = await withKey('Other product', {}, product.id);
      await put(documentId, { active: true });
      const row = await priceRow(documentId);
      expect([row?.stripeId, row?.syncError]).toEqual([
        null,
        expect.stringContaining('another product'),
      ]);
    });
  });

  it('whose product was deleted at Stripe brings it back', async () => {
    const tier = await shop.tier('Deleted');
    await shop.settle();
    // Nobody tells us.
    shop.stripe.faults.set({ seed: 1, delivery: [{ kind: 'drop', events: ['product.*'] }] });
    await shop.client.products.del((await tierRow(tier))?.stripeId ?? '');
    const price = await shop.price(tier);
    await shop.settle();
    shop.stripe.faults.clear();
    expect(await priceRow(price)).toMatchObject({ syncError: null });
    expect((await atStripe(price)).product).toBe((await tierRow(tier))?.stripeId);
  });

  it.each([
    ['POST /v1/products', 'product'],
    ['POST /v1/prices', 'price'],
    ['GET /v1/prices', 'look-up'],
  ])('is made once when the answer to %s is none of Stripe’s', async (call, name) => {
    shop.stripe.faults.set({
      seed: 1,
      api: [{ kind: 'bare', call, count: 2, done: call.startsWith('POST') }],
    });
    const tier = await shop.tier(`Bare ${name}`);
    const price = await shop.price(tier);
    shop.stripe.faults.clear();
    shop.background.wake();
    await shop.settle();
    const row = await priceRow(price);
    expect(row).toMatchObject({ syncError: null, stripeId: expect.stringMatching(/^price_/) });
    expect((await stripePrices(tier)).map(({ id }) => id)).toEqual([row?.stripeId]);
    expect((await tierRow(tier))?.stripeId).toBe(`prod_memberships_${tier}`);
  });
});
