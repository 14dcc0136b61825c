import { DAY, openShop, type Reader, type Shop } from '../support/shop';

let shop: Shop;
let monthly: string;
let once: string;

beforeAll(async () => {
  shop = await openShop({ options: { access: { fullRefund: 'end' } } });
  monthly = await shop.price(await shop.tier('Gold'));
  once = await shop.price(await shop.tier('Archive'), { amount: 2500, interval: null });
});
afterAll(() => shop.stop());

const tiers = async (reader: Reader): Promise<string[]> =>
  (await shop.me(reader)).tiers.map(({ slug }) => slug).sort();

/** The charges of a reader, the last first. */
const charges = async (reader: Reader): Promise<string[]> => {
  const row = await shop.rows('customer').findOne({
    where: { member: { user: { id: reader.id } }, current: true },
  });
  const { data } = await shop.client.charges.list({ customer: row?.stripeId ?? '' });
  return data.map(({ id }) => id);
};

const refundLast = async (reader: Reader, amount?: number): Promise<void> => {
  const [charge = ''] = await charges(reader);
  await shop.client.refunds.create({ charge, ...(amount && { amount }) });
  await shop.settle();
};

test('a full refund ends what it paid for, until something is paid again', async () => {
  const reader = await shop.register('refunded');
  await shop.buy(reader, once);
  await shop.buy(reader, monthly);
  await refundLast(reader, 899);
  expect(await tiers(reader)).toEqual(['archive', 'gold']);
  await refundLast(reader);
  expect(await tiers(reader)).toEqual(['archive']);
  // The next period is paid: what it pays for is theirs again.
  await shop.advance(32 * DAY);
  expect(await tiers(reader)).toEqual(['archive', 'gold']);
  const grants = await shop
    .rows('grant')
    .count({ where: { member: { user: { id: reader.id } }, source: 'subscription' } });
  expect(grants).toBe(1);
});

test('a purchase that is refunded in full is over, and one whose refund fails is not', async () => {
  const reader = await shop.register('returns');
  await shop.buy(reader, once);
  await refundLast(reader);
  expect(await tiers(reader)).toEqual([]);

  const other = await shop.register('returns-in-vain');
  await shop.buy(other, once, { card: 'pm_card_refundFail' });
  await refundLast(other);
  expect(await tiers(other)).toEqual(['archive']);
});

test('a dispute that is lost ends what a full refund would', async () => {
  const reader = await shop.register('lost');
  await shop.buy(reader, monthly);
  const [charge = ''] = await charges(reader);
  const { id } = shop.stripe.bank.openDispute(charge, {});
  await shop.settle();
  expect(await tiers(reader)).toEqual([]);
  shop.stripe.bank.closeDispute(id, false);
  await shop.settle();
  expect(await tiers(reader)).toEqual([]);
  const [grant] = await shop
    .rows('grant')
    .findMany({ where: { member: { user: { id: reader.id } } } });
  expect(grant).toMatchObject({ endsAt: null, revokedReason: 'refund' });
});

test('only the charge was heard of: the rest is fetched because of it', async () => {
  const reader = await shop.register('silence');
  await shop.buy(reader, once);
  const [row] = await shop
    .rows('payment')
    .findMany({ where: { member: { user: { id: reader.id } } } });
  await shop.rows('payment').deleteMany({ where: { id: row?.id } });
  await refundLast(reader);
  const [again] = await shop
    .rows('payment')
    .findMany({ where: { member: { user: { id: reader.id } } } });
  expect(again).toMatchObject({
    stripeId: row?.stripeId,
    checkoutSession: row?.checkoutSession,
    amountRefunded: '2500',
  });
  expect(await tiers(reader)).toEqual([]);
});
