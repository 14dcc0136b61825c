import { openShop, START, WEBHOOK_SECRET, type Shop } from '../support/shop';
import { startStripe, stripeClient, type StripeSimulator } from '../stripe';

interface ListedTier {
  slug: string;
  prices: { documentId: string; amount: number }[];
}

/** A catalogue that was built in test mode goes live with its database. */
describe('a site that moves from test to live', () => {
  let stripe: StripeSimulator;
  let shop: Shop;
  let gold: string;
  let tried: string;

  const move = async (livemode: boolean): Promise<void> => {
    const { database } = shop;
    await shop.stop({ database: true });
    const key = livemode ? stripe.liveSecretKey : stripe.secretKey;
    shop = await openShop({
      simulator: stripe,
      webhook: false,
      database,
      env: { STRIPE_SECRET_KEY: key },
    });
    const url = `${shop.url}/api/memberships/webhook`;
    stripe.addWebhook(url, { secret: WEBHOOK_SECRET, livemode });
    await shop.settle();
  };
  const listed = async (): Promise<ListedTier[]> =>
    (await shop.http.get('/api/memberships/tiers').expect(200)).body.data;
  const live = () => stripeClient(stripe, { key: stripe.liveSecretKey });
  const pricesOf = (tier: string) =>
    shop.rows('price').findMany({ where: { tier: { documentId: tier } }, orderBy: { id: 'asc' } });

  beforeAll(async () => {
    stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
    shop = await openShop({ simulator: stripe });
    gold = await shop.tier('Gold');
    tried = await shop.price(gold, { amount: 100 });
    await shop.rows('price').update({ where: { documentId: tried }, data: { active: false } });
    await shop.price(gold, { nickname: 'Monthly', trialDays: 7 });
    await shop.price(gold, { amount: 9900, interval: 'year' });
    await shop.settle();
  });
  afterAll(async () => {
    await shop.stop();
    await stripe.close();
  });

  it('sells there what was on sale, under prices of its own, made by itself', async () => {
    await move(true);
    const products = await live().products.list({ limit: 10 });
    expect(products.data).toMatchObject([{ name: 'Gold', livemode: true }]);
    const prices = await live().prices.list({ limit: 10 });
    expect(prices.data.map(({ unit_amount: amount }) => amount).sort()).toEqual([900, 9900]);

    const rows = await pricesOf(gold);
    expect(rows.map(({ amount, livemode, active }) => [amount, livemode, active])).toEqual([
      ['100', false, false],
      ['900', false, true],
      ['9900', false, true],
      ['900', true, true],
      ['9900', true, true],
    ]);
    expect(rows[3]).toMatchObject({ nickname: 'Monthly', trialDays: 7, syncError: null });
    const [tier] = await listed();
    expect(tier?.prices.map(({ documentId }) => documentId).sort()).toEqual(
      [rows[3]?.documentId, rows[4]?.documentId].sort()
    );
    const old = await shop.checkout(null, rows[1]?.documentId ?? '');
    expect(old.body.error.details).toEqual({ code: 'price-mode', field: 'price' });
    expect((await shop.checkout(null, rows[3]?.documentId ?? '')).status).toBe(200);
  });

  it('brings nothing along a second time, whatever is sold or taken off sale meanwhile', async () => {
    const yearly = (await pricesOf(gold)).at(-1)?.documentId ?? '';
    await shop.rows('price').update({ where: { documentId: yearly }, data: { active: false } });
    await shop.settle();
    await move(false);
    const experiment = await shop.price(gold, { amount: 1 });
    await shop.settle();
    expect((await listed())[0]?.prices.map(({ amount }) => amount).sort()).toEqual([1, 900, 9900]);

    await move(true);
    expect((await listed())[0]?.prices.map(({ amount }) => amount)).toEqual([900]);
    expect((await pricesOf(gold)).filter(({ livemode }) => livemode)).toHaveLength(2);
    expect((await shop.checkout(null, experiment)).body.error.details.code).toBe('price-mode');
    expect(stripe.violations).toEqual([]);
  });

  it('grants by what was bought live, and learns of it there', async () => {
    const [tier] = await listed();
    const reader = await shop.register('live');
    await shop.buy(reader, tier?.prices[0]?.documentId ?? '');
    expect((await shop.me(reader)).tiers.map(({ slug }) => slug)).toEqual(['gold']);
    const product = `prod_memberships_${gold}`;
    await live().products.update(product, { name: 'Gold, live' });
    await shop.settle();
    expect((await listed())[0]).toMatchObject({ name: 'Gold, live' });
    // The other mode's product is not this site's any more.
    await shop.client.products.update(product, { name: 'Gold, tried' });
    await shop.settle();
    expect((await listed())[0]).toMatchObject({ name: 'Gold, live' });
  });
});
