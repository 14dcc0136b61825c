import {
  idOf,
  checkout,
  day,
  failure,
  hour,
  join,
  object,
  openBench,
  periodEnd,
  sell,
  type Bench,
} from './testing';

describe('Discounts', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await openBench()));
  afterEach(() => expect(bench.sim.violations).toEqual([]));

  const paid = async (subscription: string) => {
    const invoices = await bench.stripe.invoices.list({ subscription });
    return invoices.data.map((row) => row.amount_paid).reverse();
  };

  it('take a percentage off once, for some months, and forever', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe, { unit_amount: 1000 });
    const once = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const repeating = await stripe.coupons.create({
      percent_off: 10,
      duration: 'repeating',
      duration_in_months: 2,
    });
    const forever = await stripe.coupons.create({
      amount_off: 300,
      currency: 'eur',
      duration: 'forever',
    });
    const subscriptions = [];
    for (const coupon of [once, repeating, forever]) {
      subscriptions.push(await join(bench, price.id, { discounts: [{ coupon: coupon.id }] }));
    }
    await sim.advance(100 * day);
    const amounts = [];
    for (const { id } of subscriptions) amounts.push(await paid(id));
    expect(amounts).toEqual([
      [500, 1000, 1000, 1000],
      [900, 900, 1000, 1000],
      [700, 700, 700, 700],
    ]);
    const last = await stripe.subscriptions.retrieve(subscriptions[2]?.id ?? '', {
      expand: ['discounts.source.coupon', 'latest_invoice.total_discount_amounts.discount'],
    });
    expect(last.discounts[0]).toMatchObject({ source: { coupon: { id: forever.id } } });
    const invoice = object(last.latest_invoice);
    expect(invoice).toMatchObject({ subtotal: 1000, total: 700 });
    expect(invoice.total_discount_amounts?.[0]).toMatchObject({ amount: 300 });
    const first = await stripe.subscriptions.retrieve(subscriptions[0]?.id ?? '');
    expect(first.discounts).toEqual([]);
    expect((await stripe.coupons.retrieve(once.id)).times_redeemed).toBe(1);
  });

  it('come by a code the visitor types', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe, { unit_amount: 1000 });
    const coupon = await stripe.coupons.create({
      percent_off: 25,
      duration: 'once',
      max_redemptions: 1,
    });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'SPRING',
    });
    expect((await stripe.promotionCodes.list({ code: 'spring' })).data[0]?.id).toBe(code.id);
    const session = await checkout(stripe, price.id, {
      allow_promotion_codes: true,
      customer_email: 'reader@example.com',
    });
    expect(() => sim.pay(session.id, { promotionCode: 'WINTER' })).toThrow(
      "No such promotion code: 'WINTER'"
    );
    sim.pay(session.id, { promotionCode: 'spring' });
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription.discounts'],
    });
    expect(done).toMatchObject({
      amount_subtotal: 1000,
      amount_total: 750,
      discounts: [{ promotion_code: code.id, coupon: null }],
    });
    expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
    expect((await stripe.coupons.retrieve(coupon.id)).valid).toBe(false);
    const again = checkout(stripe, price.id, { discounts: [{ coupon: coupon.id }] });
    expect(await failure(again)).toMatchObject({ code: 'coupon_expired' });
    const closed = await checkout(stripe, price.id, { customer_email: 'reader@example.com' });
    expect(() => sim.pay(closed.id, { promotionCode: 'SPRING' })).toThrow(
      'takes no promotion codes'
    );
  });

  it('are put on a running subscription and taken off again', async () => {
    const { sim, stripe } = bench;
    const price = await sell(stripe, { unit_amount: 1000 });
    const coupon = await stripe.coupons.create({
      percent_off: 20,
      duration: 'forever',
      id: 'stay',
    });
    const subscription = await join(bench, price.id);
    const kept = await stripe.subscriptions.update(subscription.id, {
      discounts: [{ coupon: coupon.id }],
    });
    expect(kept.discounts).toHaveLength(1);
    await sim.advance({ to: periodEnd(subscription) * 1000 + 2 * hour });
    expect(await paid(subscription.id)).toEqual([1000, 800]);
    const bare = await stripe.subscriptions.update(subscription.id, { discounts: '' });
    expect(bare.discounts).toEqual([]);
    const types = sim.events().map((event) => event.type);
    expect(types).toContain('customer.discount.created');
    expect(types).toContain('customer.discount.deleted');
  });
});

describe('Refunds', () => {
  it('give back a part, then the rest, and no more', async () => {
    const { sim, stripe } = await openBench();
    const intent = await stripe.paymentIntents.create({
      amount: 3000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    const charge = idOf(intent.latest_charge);
    const part = await stripe.refunds.create({
      charge,
      amount: 1000,
      reason: 'requested_by_customer',
    });
    expect(part).toMatchObject({ amount: 1000, status: 'succeeded', payment_intent: intent.id });
    await stripe.refunds.create({ payment_intent: intent.id });
    const after = await stripe.charges.retrieve(charge, { expand: ['refunds'] });
    expect(after).toMatchObject({ amount_refunded: 3000, refunded: true });
    expect(after.refunds?.data.map((row) => row.amount)).toEqual([2000, 1000]);
    expect(await failure(stripe.refunds.create({ charge }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    const types = sim.events().map((event) => event.type);
    expect(types.filter((type) => type === 'charge.refunded')).toHaveLength(2);
    expect(sim.violations).toEqual([]);
  });
});

describe('A card that needs its holder', () => {
  it('leaves the subscription incomplete until the payment is confirmed', async () => {
    const { sim, stripe } = await openBench();
    const price = await sell(stripe);
    const customer = await stripe.customers.create({});
    const card = await stripe.paymentMethods.attach('pm_card_authenticationRequired', {
      customer: customer.id,
    });
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      default_payment_method: card.id,
    });
    expect(subscription.status).toBe('incomplete');
    const [intent] = (await stripe.paymentIntents.list({ customer: customer.id })).data;
    expect(intent?.status).toBe('requires_action');
    expect(sim.events().map((event) => event.type)).toContain('invoice.payment_action_required');
    await stripe.paymentIntents.confirm(intent?.id ?? '', { payment_method: 'pm_card_visa' });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    expect(sim.violations).toEqual([]);
  });
});
