import { DAY, openShop, type Shop } from '../support/shop';
import { idOf } from '../../server/src/billing/readers/common';
import { openDesk, type Desk } from './subscriptions-support';

const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const seconds = (at: number) => Math.floor(at / 1000);

describe('what a member subscribes to', () => {
  let shop: Shop;
  let desk: Desk;
  let gold: string;
  let silver: string;
  let goldPrice: string;
  let silverPrice: string;
  let goldId: string;
  let silverId: string;

  beforeAll(async () => {
    shop = await openShop();
    desk = openDesk(shop);
    gold = await shop.tier('Gold', { rank: 2 });
    silver = await shop.tier('Silver');
    goldPrice = await shop.price(gold);
    silverPrice = await shop.price(silver, { amount: 400 });
    goldId = await desk.stripePrice(goldPrice);
    silverId = await desk.stripePrice(silverPrice);
  });
  afterAll(async () => {
    await shop.stop();
  });
  afterEach(() => {
    expect(shop.stripe.violations).toEqual([]);
  });

  describe('several at once', () => {
    it('of two subscriptions, the end of one leaves the other as it was', async () => {
      const reader = await shop.register('two');
      const one = await desk.subscribe(reader, { items: [{ price: goldId }] });
      const other = await desk.subscribe(reader, { items: [{ price: silverId, quantity: 3 }] });
      expect(await desk.held(reader)).toEqual(['gold', 'silver']);
      const third = await desk.subscribe(reader, { items: [{ price: goldId }] });

      await shop.client.subscriptions.cancel(one.id);
      await shop.settle();
      expect(await desk.held(reader)).toEqual(['gold', 'silver']);
      await shop.client.subscriptions.cancel(third.id);
      await shop.settle();
      expect(await desk.held(reader)).toEqual(['silver']);
      expect(await desk.mine(reader, other.id)).toMatchObject({
        withheld: null,
        items: [{ quantity: 3, amount: 400 }],
      });
      expect(await desk.mine(reader, one.id)).toMatchObject({ withheld: 'ended' });
      expect(await desk.ledger(reader)).toEqual([
        { kind: 'new', mrrChange: '900000', memberChange: 1 },
        { kind: 'expansion', mrrChange: '1200000', memberChange: 0 },
        { kind: 'expansion', mrrChange: '900000', memberChange: 0 },
        { kind: 'contraction', mrrChange: '-900000', memberChange: 0 },
        { kind: 'contraction', mrrChange: '-900000', memberChange: 0 },
      ]);
    });

    it('items of two tiers in one, each with its own quantity; one is taken out', async () => {
      const reader = await shop.register('items');
      const items = [{ price: goldId, quantity: 2 }, { price: silverId }];
      const made = await desk.subscribe(reader, { items });
      expect(await desk.held(reader)).toEqual(['gold', 'silver']);
      const taken = made.items.data.find(({ price }) => price.id === goldId);
      await shop.client.subscriptionItems.del(taken?.id ?? '');
      await shop.settle();
      expect(await desk.held(reader)).toEqual(['silver']);
      const total = (await desk.ledger(reader)).reduce(
        (sum, row) => sum + Number(row.mrrChange),
        0
      );
      expect(total).toBe(400_000);
    });

    it('items with periods of their own: the one due first is the next payment', async () => {
      const yearly = await shop.price(gold, { amount: 9000, interval: 'year' });
      const reader = await shop.register('flexible');
      const items = [{ price: await desk.stripePrice(yearly) }, { price: silverId }];
      const made = await desk.subscribe(reader, { items, billing_mode: { type: 'flexible' } });
      expect((await shop.me(reader)).nextPayment).toEqual({
        amount: 400,
        currency: 'eur',
        exponent: 2,
        date: iso((made.items.data[1]?.current_period_end ?? 0) * 1000),
      });
      expect(await desk.mine(reader, made.id)).toMatchObject({
        currentPeriodEnd: iso((made.items.data[0]?.current_period_end ?? 0) * 1000),
      });
      // The legs of one change come in the order of their tiers' documentIds, which are drawn.
      const legs = (await desk.ledger(reader)).map(({ mrrChange }) => mrrChange);
      expect(legs.sort()).toEqual(['400000', '750000']);
    });

    it('another site’s product on the same customer is recorded and stops no purchase', async () => {
      const reader = await shop.register('foreign');
      const foreign = await desk.foreignPrice();
      // On the customer that a click on "Join" made.
      await shop.checkout(reader, goldPrice);
      const customer = await desk.customerOf(reader);
      const { id } = await shop.client.paymentMethods.attach('pm_card_visa', { customer });
      const theirs = await desk.subscribe(reader, {
        items: [{ price: foreign }],
        default_payment_method: id,
      });
      expect(await desk.held(reader)).toEqual([]);
      expect(await desk.mine(reader, theirs.id)).toMatchObject({ status: 'active' });
      await shop.buy(reader, goldPrice);
      expect(await desk.held(reader)).toEqual(['gold']);

      const before = await shop.counts();
      const stranger = await shop.client.customers.create({
        email: reader.email,
        payment_method: 'pm_card_visa',
        invoice_settings: { default_payment_method: 'pm_card_visa' },
      });
      await shop.client.subscriptions.create({
        customer: stranger.id,
        items: [{ price: foreign }],
      });
      await shop.settle();
      const { inbox: _seen, ...after } = await shop.counts();
      expect(before).toMatchObject(after);
    });

    it('a live one of any tier sends to the portal: a second would be charged beside it', async () => {
      const reader = await shop.register('ladder');
      await shop.buy(reader, silverPrice);
      const { status, body } = await shop.checkout(reader, goldPrice);
      expect([status, body.error.details.code]).toEqual([409, 'subscription-exists']);
    });
  });

  it('is counted in the subscription’s own currency', async () => {
    const price = await shop.price(gold, { amount: 1000 });
    const id = await desk.stripePrice(price);
    await shop.client.prices.update(id, { currency_options: { jpy: { unit_amount: 1600 } } });
    const coupon = await shop.client.coupons.create({
      amount_off: 100,
      currency: 'eur',
      duration: 'forever',
      currency_options: { jpy: { amount_off: 160 } },
    });
    const reader = await shop.register('yen');
    const made = await desk.subscribe(reader, {
      currency: 'jpy',
      items: [{ price: id, quantity: 2 }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(await desk.mine(reader, made.id)).toMatchObject({
      currency: 'jpy',
      items: [{ amount: 1600, quantity: 2 }],
    });
    expect((await shop.me(reader)).nextPayment).toMatchObject({
      amount: 3200,
      currency: 'jpy',
      exponent: 0,
    });
    const row = await shop.rows('subscription').findOne({ where: { stripeId: made.id } });
    expect(row?.mrr).toBe('3040000');
  });

  it('outlives its coupon, which can be looked at no more once it was deleted', async () => {
    const reader = await shop.register('couponless');
    const coupon = await shop.client.coupons.create({ percent_off: 50, duration: 'forever' });
    const discounts = [{ coupon: coupon.id }];
    const made = await desk.subscribe(reader, { items: [{ price: goldId }], discounts });
    expect(await desk.held(reader)).toEqual(['gold']);
    await shop.client.coupons.del(coupon.id);
    await shop.client.subscriptions.cancel(made.id);
    await shop.settle();
    expect(await desk.mine(reader, made.id)).toMatchObject({ status: 'canceled' });
    expect(await desk.held(reader)).toEqual([]);
  });

  describe('a change to come', () => {
    const downgrade = async (name: string) => {
      const reader = await shop.register(name);
      const made = await desk.subscribe(reader, { items: [{ price: goldId }] });
      const { id, phases } = await shop.client.subscriptionSchedules.create({
        from_subscription: made.id,
      });
      const { start_date, end_date } = phases[0] ?? { start_date: 0, end_date: 0 };
      await shop.client.subscriptionSchedules.update(id, {
        phases: [
          { items: [{ price: goldId }], start_date, end_date },
          { items: [{ price: silverId, quantity: 2 }], duration: { interval: 'month' } },
        ],
      });
      await shop.settle();
      return { reader, subscription: made.id, schedule: id, at: end_date * 1000 };
    };

    it('at the period’s end shows what and when, and changes nothing before', async () => {
      const { reader, subscription, at } = await downgrade('downgrades');
      const coming = {
        cause: 'schedule',
        at: iso(at),
        items: [
          {
            price: silverPrice,
            tier: { documentId: silver, name: 'Silver', slug: 'silver' },
            quantity: 2,
          },
        ],
      };
      expect((await desk.mine(reader, subscription)).pendingChange).toEqual(coming);
      expect(await desk.held(reader)).toEqual(['gold']);
      expect(await desk.ledger(reader)).toHaveLength(1);
      expect((await shop.me(reader)).nextPayment).toMatchObject({ amount: 800, date: iso(at) });

      await shop.advance(at - shop.stripe.now() + 2 * HOUR);
      expect(await desk.mine(reader, subscription)).toMatchObject({
        pendingChange: null,
        items: [{ quantity: 2, amount: 400 }],
      });
      expect(await desk.held(reader)).toEqual(['silver']);
      const legs = (await desk.ledger(reader)).slice(1);
      expect(legs.map(({ mrrChange }) => Number(mrrChange)).sort()).toEqual([-900_000, 800_000]);
      expect(legs).toMatchObject([{ kind: 'contraction' }, { kind: 'contraction' }]);
    });

    it('is forgotten with a schedule that is released', async () => {
      const { reader, subscription, schedule } = await downgrade('released');
      await shop.client.subscriptionSchedules.release(schedule);
      await shop.settle();
      expect((await desk.mine(reader, subscription)).pendingChange).toBeNull();
      expect(await desk.held(reader)).toEqual(['gold']);
    });

    it('is an end, where the schedule ends with a cancellation', async () => {
      const { reader, subscription, schedule } = await downgrade('leaves-later');
      const { phases } = await shop.client.subscriptionSchedules.retrieve(schedule);
      const [{ start_date, end_date } = { start_date: 0, end_date: 0 }] = phases;
      await shop.client.subscriptionSchedules.update(schedule, {
        end_behavior: 'cancel',
        phases: [{ items: [{ price: goldId }], start_date, end_date }],
      });
      await shop.settle();
      expect(await desk.mine(reader, subscription)).toMatchObject({
        pendingChange: { cause: 'schedule', at: iso(end_date * 1000), items: [] },
      });
      expect((await shop.me(reader)).nextPayment).toBeNull();
    });

    it('waits for a payment that nobody confirms, and is forgotten', async () => {
      const reader = await shop.register('secure');
      const made = await desk.subscribe(reader, { items: [{ price: silverId }] });
      const customer = await desk.customerOf(reader);
      const card = await shop.client.paymentMethods.attach('pm_card_authenticationRequired', {
        customer,
      });
      const [item] = made.items.data;
      const upgrade = () =>
        shop.client.subscriptions.update(made.id, {
          items: [{ id: item?.id, price: goldId }],
          payment_behavior: 'pending_if_incomplete',
          proration_behavior: 'always_invoice',
        });
      await shop.client.subscriptions.update(made.id, { default_payment_method: card.id });
      await upgrade();
      await shop.settle();
      expect(await desk.mine(reader, made.id)).toMatchObject({
        status: 'active',
        items: [{ tier: { slug: 'silver' } }],
        pendingChange: { cause: 'payment', items: [{ price: goldPrice, quantity: 1 }] },
      });
      expect(await desk.held(reader)).toEqual(['silver']);

      await shop.advance(DAY);
      expect((await desk.mine(reader, made.id)).pendingChange).toBeNull();
      expect(await desk.held(reader)).toEqual(['silver']);

      await upgrade();
      await shop.settle();
      const { latest_invoice: latest } = await shop.client.subscriptions.retrieve(made.id);
      const payments = await shop.client.invoicePayments.list({ invoice: idOf(latest) ?? '' });
      const intent = idOf(payments.data[0]?.payment.payment_intent);
      shop.stripe.authenticate(intent ?? '');
      await shop.settle();
      expect(await desk.held(reader)).toEqual(['gold']);
      expect((await desk.mine(reader, made.id)).pendingChange).toBeNull();
    });

    it('ends at an instant, or with the period: either way shows, and reads on until then', async () => {
      const reader = await shop.register('leaves');
      const made = await desk.subscribe(reader, { items: [{ price: goldId }] });
      const at = shop.stripe.now() + 45 * DAY;
      await shop.client.subscriptions.update(made.id, { cancel_at: seconds(at) });
      await shop.settle();
      expect(await desk.mine(reader, made.id)).toMatchObject({ cancelAt: iso(at), withheld: null });
      // The period before it is still to be paid.
      expect((await shop.me(reader)).nextPayment).not.toBeNull();
      await shop.client.subscriptions.update(made.id, {
        cancel_at: '',
        cancel_at_period_end: true,
      });
      await shop.settle();
      expect(await desk.mine(reader, made.id)).toMatchObject({ cancelAtPeriodEnd: true });
      expect((await shop.me(reader)).nextPayment).toBeNull();
      expect(await desk.held(reader)).toEqual(['gold']);
    });
  });
});
