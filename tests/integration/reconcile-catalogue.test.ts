import { addAdmin } from '../support/admin';
import { DAY, openShop, type Shop } from '../support/shop';
import { openComparison, type Comparison } from './reconcile-support';

/** What was sold and offered before anybody listened, or while nobody did, comes back too. */
let shop: Shop;
let site: Comparison;
let product: string;
let elsewhere: string;

beforeAll(async () => {
  shop = await openShop();
  site = openComparison(shop, await addAdmin(shop, 'strapi-super-admin'));
  const tier = await shop.tier('Gold');
  await shop.price(tier);
  product = (await shop.rows('tier').findOne({ where: { documentId: tier } }))?.stripeId ?? '';
  elsewhere = (await shop.client.products.create({ name: 'Elsewhere' })).id;
});
afterAll(() => shop.stop());
afterEach(() => {
  expect(shop.stripe.violations).toEqual([]);
});

const offer = (stripeId: string) => shop.rows('offer').findOne({ where: { stripeId } });
const price = (stripeId: string) => shop.rows('price').findOne({ where: { stripeId } });
const yearly = { currency: 'eur', unit_amount: 9_000, recurring: { interval: 'year' as const } };
const soon = () => Math.floor((shop.stripe.now() + 20 * DAY) / 1000);

test('prices that were made in Stripe’s dashboard', async () => {
  let made = '';
  let foreign = '';
  await site.unheard(async () => {
    made = (await shop.client.prices.create({ ...yearly, product, nickname: 'Yearly' })).id;
    foreign = (await shop.client.prices.create({ ...yearly, product: elsewhere })).id;
  });
  expect(await site.once()).toEqual(new Map([[`price:${made}`, ['*']]]));
  expect(await price(made)).toMatchObject({ amount: '9000', interval: 'year', active: true });
  expect(await price(foreign)).toBeNull();

  await site.unheard(() =>
    shop.client.prices.update(made, { nickname: 'A year', active: false, metadata: { old: 'yes' } })
  );
  expect(await site.once()).toEqual(
    new Map([[`price:${made}`, ['active', 'metadata', 'nickname']]])
  );
  expect(await price(made)).toMatchObject({ nickname: 'A year', active: false });
});

test('more prices of one tier than a page holds', async () => {
  const made = await shop.client.products.create({ name: 'Many' });
  const tier = await shop.tier('Many', { slug: 'many' });
  await shop.rows('tier').updateMany({ where: { documentId: tier }, data: { stripeId: made.id } });
  const ids: string[] = [];
  await site.unheard(async () => {
    for (let count = 0; count < 102; count += 1) {
      const params = { ...yearly, product: made.id, unit_amount: 1_000 + count };
      ids.push((await shop.client.prices.create(params)).id);
    }
  });
  const found = await site.compare();
  expect(found.run.differences).toBeGreaterThanOrEqual(102);
  await site.repair(found);
  expect(await shop.rows('price').count({ where: { stripeId: { $in: ids } } })).toBe(102);
});

test('somebody who pays a price that nobody here has heard of', async () => {
  let subscription = '';
  await site.unheard(async () => {
    const { id } = await shop.client.prices.create({ ...yearly, product });
    const customer = await shop.client.customers.create({ email: 'unlearned@mail.example' });
    const card = await shop.client.paymentMethods.attach('pm_card_visa', {
      customer: customer.id,
    });
    const made = await shop.client.subscriptions.create({
      customer: customer.id,
      items: [{ price: id }],
      default_payment_method: card.id,
    });
    subscription = made.id;
  });
  await site.once();
  const where = { stripeId: subscription };
  expect(await shop.rows('subscription').findOne({ where })).toMatchObject({ mrr: '750000' });
  const row = await shop.rows('subscription').findOne({ where });
  expect(await shop.rows('grant').count({ where: { subscription: row?.id } })).toBe(1);
});

test('coupons and promotion codes, and what became of them', async () => {
  let code = '';
  let foreign = '';
  await site.unheard(async () => {
    const { coupons, promotionCodes } = shop.client;
    await coupons.create({
      id: 'spring',
      name: 'Spring',
      percent_off: 33.33,
      redeem_by: soon(),
      applies_to: { products: [product] },
    });
    await coupons.create({ id: 'mug', percent_off: 5, applies_to: { products: [elsewhere] } });
    const promotion = { type: 'coupon' as const, coupon: 'spring' };
    const made = await promotionCodes.create({
      promotion,
      code: 'SPRING',
      expires_at: soon() - 60,
      restrictions: { minimum_amount: 500, minimum_amount_currency: 'eur' },
    });
    code = made.id;
    foreign = (
      await promotionCodes.create({ promotion: { ...promotion, coupon: 'mug' }, code: 'MUG' })
    ).id;
  });
  expect(await site.once()).toEqual(
    new Map([
      ['coupon:spring', ['*']],
      [code, ['*']],
    ])
  );
  expect(await offer('spring')).toMatchObject({ name: 'Spring', appliesTo: [product] });
  expect(await offer(code)).toMatchObject({ code: 'SPRING', percentOff: 33.33, active: true });
  expect([await offer('mug'), await offer(foreign)]).toEqual([null, null]);

  await site.unheard(async () => {
    await shop.client.coupons.update('spring', { name: 'Summer' });
    await shop.client.promotionCodes.update(code, { active: false });
  });
  expect(await site.once()).toEqual(
    new Map([
      ['coupon:spring', ['name']],
      [code, ['active', 'name']],
    ])
  );

  await site.unheard(async () => {
    await shop.client.promotionCodes.update(code, { active: true });
    await shop.client.coupons.del('spring');
  });
  expect((await site.once()).get('coupon:spring')).toEqual(['*']);
  expect(await offer('spring')).toMatchObject({ active: false, percentOff: 33.33 });
  expect(await offer(code)).toMatchObject({ active: false });
});

test('a price that is no more', async () => {
  const { id } = await shop.client.prices.create({ ...yearly, product, unit_amount: 7_700 });
  await shop.settle();
  expect(await price(id)).toMatchObject({ active: true });
  shop.stripe.worldFor(false).tables.prices.remove(id);
  expect(await site.once()).toEqual(new Map([[`price:${id}`, ['*']]]));
  expect(await price(id)).toMatchObject({ active: false });
});
