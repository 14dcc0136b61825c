import { DAY, openShop, type Reader, type Shop } from '../support/shop';
import { idOf } from '../../server/src/billing/readers/common';
import { openDesk, type Desk } from './subscriptions-support';

const HOUR = 3_600_000;

/** The states a subscription gets into without a trial, and what each means for access. */
describe('a subscription', () => {
  let shop: Shop;
  let desk: Desk;
  let gold: string;

  beforeAll(async () => {
    shop = await openShop();
    desk = openDesk(shop);
    gold = await desk.stripePrice(await shop.price(await shop.tier('Gold')));
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
  });

  const state = async (reader: Reader, id: string) => {
    const { status, withheld } = await desk.mine(reader, id);
    return [status, withheld, (await desk.held(reader)).join()];
  };

  it('whose first payment nobody confirms never begins, and is over after a day', async () => {
    const reader = await shop.register('unfinished');
    const card = 'pm_card_authenticationRequired';
    const { id } = await desk.subscribe(reader, { items: [{ price: gold }] }, card);
    expect(await state(reader, id)).toEqual(['incomplete', 'incomplete', '']);
    await shop.advance(DAY + HOUR);
    expect(await state(reader, id)).toEqual(['incomplete_expired', 'ended', '']);
    expect(await desk.ledger(reader)).toEqual([]);
    // It was none: a first one may follow.
    expect((await shop.me(reader)).nextPayment).toBeNull();
  });

  it('whose payments are paused gives nothing meanwhile, and goes on by itself', async () => {
    const reader = await shop.register('holiday');
    const { id } = await desk.subscribe(reader, { items: [{ price: gold }] });
    const resumes = shop.stripe.now() + 5 * DAY;
    await shop.client.subscriptions.update(id, {
      pause_collection: { behavior: 'void', resumes_at: Math.floor(resumes / 1000) },
    });
    await shop.settle();
    expect(await state(reader, id)).toEqual(['active', 'paused', '']);
    expect((await desk.mine(reader, id)).paused).toEqual({
      resumesAt: new Date(resumes).toISOString(),
    });
    await shop.advance(5 * DAY + HOUR);
    expect(await state(reader, id)).toEqual(['active', null, 'gold']);
  });

  it('that costs nothing is held like another, and is no revenue', async () => {
    const reader = await shop.register('friend');
    const { id: coupon } = await shop.client.coupons.create({
      percent_off: 100,
      duration: 'forever',
    });
    const discounts = [{ coupon }];
    const { id } = await desk.subscribe(reader, { items: [{ price: gold }], discounts });
    expect(await state(reader, id)).toEqual(['active', null, 'gold']);
    expect(await desk.ledger(reader)).toEqual([]);
  });

  it('that is paid outside Stripe is paid', async () => {
    const reader = await shop.register('in-cash');
    const { id, latest_invoice } = await desk.subscribe(reader, {
      items: [{ price: gold }],
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    expect(await state(reader, id)).toEqual(['active', null, 'gold']);
    await shop.advance(8 * DAY);
    expect((await desk.mine(reader, id)).status).toBe('past_due');
    await shop.client.invoices.pay(idOf(latest_invoice) ?? '', { paid_out_of_band: true });
    await shop.settle();
    expect(await state(reader, id)).toEqual(['active', null, 'gold']);
  });
});
