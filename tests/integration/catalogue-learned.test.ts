import type Stripe from 'stripe';
import { addAdmin, type Admin } from '../support/admin';
import { openLine, type Line } from '../support/line';
import { openShop, START, type Shop } from '../support/shop';
import { startStripe, type StripeSimulator } from '../stripe';

/** What an owner does in Stripe's dashboard comes back, and is not told to Stripe again. */
describe('a change made at Stripe', () => {
  let stripe: StripeSimulator;
  let line: Line;
  let shop: Shop;
  let owner: Admin;

  beforeAll(async () => {
    stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
    line = await openLine(stripe.url);
    shop = await openShop({ simulator: stripe, env: { STRIPE_API_BASE: line.url } });
    owner = await addAdmin(shop, 'strapi-super-admin');
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
    await stripe.close();
  });
  afterEach(async () => {
    line.mend();
    await shop.settle();
    expect(stripe.violations).toEqual([]);
  });

  const tierRow = (documentId: string) => shop.rows('tier').findOne({ where: { documentId } });
  const priceRow = (documentId: string) => shop.rows('price').findOne({ where: { documentId } });
  const byStripe = (stripeId: string) =>
    shop.rows('price').findOne({ where: { stripeId }, populate: ['tier'] });

  const make = async (name: string, data?: Record<string, unknown>) => {
    const tier = await shop.tier(name, data);
    const price = await shop.price(tier);
    await shop.settle();
    const product = (await tierRow(tier))?.stripeId ?? '';
    return { tier, price, product, stripePrice: (await priceRow(price))?.stripeId ?? '' };
  };

  /** What the site asked of Stripe because of something that was done there. */
  const after = async (work: () => Promise<unknown>): Promise<string[]> => {
    await shop.settle();
    const asked = line.requests.length;
    await work();
    await shop.settle();
    shop.background.wake();
    await shop.settle();
    return line.requests.slice(asked).filter((request) => !request.startsWith('GET'));
  };

  it('of a product’s name and description', async () => {
    const { tier, product } = await make('Named', { description: 'Before' });
    const told = await after(() =>
      shop.client.products.update(product, { name: 'Renamed', description: 'After' })
    );
    expect(told).toEqual([]);
    expect(await tierRow(tier)).toMatchObject({
      name: 'Renamed',
      description: 'After',
      slug: 'named',
      archivedAt: null,
    });
    await after(() => shop.client.products.update(product, { description: '' }));
    expect(await tierRow(tier)).toMatchObject({ name: 'Renamed', description: null });
  });

  it('that archives a product and brings it back', async () => {
    const { tier, price, product, stripePrice } = await make('Archived');
    const told = await after(() => shop.client.products.update(product, { active: false }));
    expect(told).toEqual([]);
    expect((await tierRow(tier))?.archivedAt).toEqual(expect.any(String));
    expect((await shop.client.prices.retrieve(stripePrice)).active).toBe(true);
    expect((await shop.checkout(null, price)).body.error.details.code).toBe('tier-archived');

    expect(await after(() => shop.client.products.update(product, { active: true }))).toEqual([]);
    expect((await tierRow(tier))?.archivedAt).toBeNull();
    expect((await shop.checkout(null, price)).status).toBe(200);
  });

  it('that brings back what was archived here, with what it sold', async () => {
    const { tier, price, product, stripePrice } = await make('Both ways');
    await owner.post(`/tiers/${tier}/archive`);
    await shop.settle();
    expect((await shop.client.prices.retrieve(stripePrice)).active).toBe(false);
    expect((await priceRow(price))?.active).toBe(true);
    await after(() => shop.client.products.update(product, { active: true }));
    expect((await tierRow(tier))?.archivedAt).toBeNull();
    expect((await shop.client.prices.retrieve(stripePrice)).active).toBe(true);
    expect((await shop.checkout(null, price)).status).toBe(200);
  });

  it('that deletes a product archives its tier, which can be restored', async () => {
    const tier = await shop.tier('Gone');
    const product = (await tierRow(tier))?.stripeId ?? '';
    await shop.settle();
    expect(await after(() => shop.client.products.del(product))).toEqual([]);
    expect(await tierRow(tier)).toMatchObject({ archivedAt: expect.any(String) });
    await owner.post(`/tiers/${tier}/restore`);
    await shop.settle();
    expect(await shop.client.products.retrieve(product)).toMatchObject({
      name: 'Gone',
      active: true,
    });
    expect(await tierRow(tier)).toMatchObject({ archivedAt: null, syncError: null });
  });

  it('of a price’s sale, nickname and metadata', async () => {
    const { price, stripePrice } = await make('Priced');
    const told = await after(() =>
      shop.client.prices.update(stripePrice, {
        active: false,
        nickname: 'Old members',
        metadata: { campaign: 'spring' },
      })
    );
    expect(told).toEqual([]);
    expect(await priceRow(price)).toMatchObject({
      active: false,
      nickname: 'Old members',
      metadata: { campaign: 'spring' },
      amount: '900',
    });
    expect((await shop.checkout(null, price)).body.error.details.code).toBe('price-inactive');
    expect(await after(() => shop.client.prices.update(stripePrice, { active: true }))).toEqual([]);
    expect((await priceRow(price))?.active).toBe(true);
  });

  it('that adds a price to a product of ours gives its buyers the tier', async () => {
    const { tier, product } = await make('Extended');
    const made = await shop.client.prices.create({
      product,
      currency: 'usd',
      unit_amount: 12_000,
      recurring: { interval: 'year', trial_period_days: 30 },
      nickname: 'Yearly',
    });
    await shop.settle();
    const row = await byStripe(made.id);
    expect(row).toMatchObject({
      tier: { documentId: tier },
      amount: '12000',
      currency: 'usd',
      interval: 'year',
      intervalCount: 1,
      trialDays: 30,
      nickname: 'Yearly',
      active: true,
      livemode: false,
      syncError: null,
    });
    expect(await after(() => Promise.resolve())).toEqual([]);
    const reader = await shop.register('yearly');
    await shop.buy(reader, row?.documentId ?? '');
    expect((await shop.me(reader)).tiers.map(({ slug }) => slug)).toEqual(['extended']);
  });

  it('that sells a price before anybody told us of it grants all the same', async () => {
    const { product } = await make('Untold');
    const customer = await shop.client.customers.create({ email: 'untold@guest.example' });
    const card = await shop.client.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    // Only the subscription's own events arrive.
    stripe.faults.set({ seed: 1, delivery: [{ kind: 'drop', events: ['price.*', 'plan.*'] }] });
    const made = await shop.client.prices.create({
      product,
      currency: 'eur',
      unit_amount: 4200,
      recurring: { interval: 'month' },
    });
    await shop.client.subscriptions.create({
      customer: customer.id,
      items: [{ price: made.id }],
      default_payment_method: card.id,
    });
    await shop.settle();
    stripe.faults.clear();
    expect(await byStripe(made.id)).toMatchObject({ amount: '4200', active: true });
    const [grant] = await shop.rows('grant').findMany({
      where: { tier: { slug: 'untold' } },
      populate: ['tier'],
    });
    expect(grant).toMatchObject({ source: 'subscription', endsAt: null });
  });

  it('that adds a price of a kind we do not sell records it, off sale, for its subscribers', async () => {
    const { tier, product } = await make('Tiered');
    const tiered = await shop.client.prices.create({
      product,
      currency: 'eur',
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers: [{ up_to: 'inf', unit_amount: 100 }],
      recurring: { interval: 'month' },
    });
    await shop.settle();
    expect(await byStripe(tiered.id)).toMatchObject({
      tier: { documentId: tier },
      active: false,
      currency: 'eur',
      syncError: expect.stringContaining('not sold here'),
    });
    expect((await shop.client.prices.retrieve(tiered.id)).active).toBe(true);
  });

  it('that is of another site on the account stays there', async () => {
    const before = await shop.counts();
    const other = await shop.client.products.create({ name: 'Elsewhere' });
    const price = await shop.client.prices.create({
      product: other.id,
      currency: 'eur',
      unit_amount: 100,
      metadata: { price: 'stolen' },
    });
    await shop.client.products.update(other.id, { name: 'Nowhere' });
    await shop.client.prices.update(price.id, { active: false });
    await shop.settle();
    const { inbox: _, ...rest } = await shop.counts();
    expect(before).toMatchObject(rest);
    const rows = await shop.rows('inbox').findMany({
      where: { key: { $in: [`product:${other.id}`, `price:${price.id}`] } },
    });
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['ignored']));
  });

  it('loses to one made here that Stripe was not told yet', async () => {
    const { tier, product } = await make('Contested', { description: 'Both' });
    line.refuse(/POST/, 500, { type: 'api_error', message: 'away' });
    await shop.rows('tier').update({ where: { documentId: tier }, data: { name: 'Ours' } });
    await shop.client.products.update(product, { name: 'Theirs', description: 'Theirs too' });
    await shop.settle();
    expect((await tierRow(tier))?.name).toBe('Ours');
    line.mend();
    shop.background.wake();
    await shop.settle();
    expect(await shop.client.products.retrieve(product)).toMatchObject({
      name: 'Ours',
      description: 'Both',
    });
    expect(await tierRow(tier)).toMatchObject({ name: 'Ours', syncError: null });
  });

  it('is made again and again, and both sides end the same', async () => {
    const { tier, price, product, stripePrice } = await make('Ping');
    await Promise.all([
      ...Array.from({ length: 6 }, async (_, index) => {
        await shop.client.products.update(product, { name: `Stripe ${index}` });
        await shop.client.prices.update(stripePrice, { nickname: `Stripe ${index}` });
      }),
      ...Array.from({ length: 6 }, async (_, index) => {
        await shop.rows('tier').update({
          where: { documentId: tier },
          data: { name: `Strapi ${index}` },
        });
        await shop.rows('price').update({
          where: { documentId: price },
          data: { nickname: `Strapi ${index}` },
        });
      }),
    ]);
    expect(await after(() => Promise.resolve())).toEqual([]);
    const there = await shop.client.products.retrieve(product);
    expect((await tierRow(tier))?.name).toBe(there.name);
    const priceThere: Stripe.Price = await shop.client.prices.retrieve(stripePrice);
    expect((await priceRow(price))?.nickname).toBe(priceThere.nickname);
  });

  it('finds the row of a push that crashed before it was written down', async () => {
    const { tier, product } = await make('Orphan');
    const orphan = await shop.price(tier, { amount: 1900, active: false });
    const made = await shop.client.prices.create({
      product,
      currency: 'eur',
      unit_amount: 1900,
      recurring: { interval: 'month' },
      lookup_key: `memberships_${orphan}`,
      metadata: { price: orphan },
    });
    await shop.settle();
    expect(await priceRow(orphan)).toMatchObject({ stripeId: made.id, active: false });
    expect((await shop.client.prices.retrieve(made.id)).active).toBe(false);
  });
});
