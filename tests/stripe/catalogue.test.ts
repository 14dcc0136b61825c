import { checkout, failure, idOf, join, object, openBench, sell } from './testing';

describe('Prices', () => {
  it('know tiers, of both modes', async () => {
    const { sim, stripe } = await openBench();
    const tiers = [
      { up_to: 2, unit_amount: 500 },
      { up_to: 'inf' as const, unit_amount: 300, flat_amount: 50 },
    ];
    const tiered = (tiers_mode: 'graduated' | 'volume') =>
      sell(stripe, { billing_scheme: 'tiered', tiers_mode, tiers, unit_amount: undefined });
    const graduated = await tiered('graduated');
    expect(graduated).not.toHaveProperty('tiers');
    const shown = await stripe.prices.retrieve(graduated.id, { expand: ['tiers'] });
    expect(shown.tiers?.map((tier) => tier.up_to)).toEqual([2, null]);
    const cost = async (price: string) => {
      const made = await join({ sim, stripe }, price, { line_items: [{ price, quantity: 5 }] });
      return (await stripe.invoices.retrieve(idOf(made.latest_invoice))).total;
    };
    expect(await cost(graduated.id)).toBe(2 * 500 + 50 + 3 * 300);
    expect(await cost((await tiered('volume')).id)).toBe(5 * 300 + 50);
    expect(sim.violations).toEqual([]);
  });

  it('are paid in another of their currencies, with or without decimals', async () => {
    const { sim, stripe } = await openBench();
    const price = await sell(stripe, {
      currency_options: { jpy: { unit_amount: 800 }, kwd: { unit_amount: 1500 } },
    });
    for (const [currency, amount] of [
      ['jpy', 800],
      ['kwd', 1500],
    ] as const) {
      const session = await checkout(stripe, price.id, { currency, customer_email: 'a@b.cd' });
      expect(session).toMatchObject({ currency, amount_total: amount });
      sim.pay(session.id);
      const { invoice } = await stripe.checkout.sessions.retrieve(session.id, {
        expand: ['invoice'],
      });
      expect(object(invoice)).toMatchObject({ currency, amount_paid: amount });
    }
    const refused = await failure(checkout(stripe, price.id, { currency: 'sek' }));
    expect(refused.param).toBe('line_items');
    await stripe.prices.update(price.id, { currency_options: { sek: { unit_amount: 9900 } } });
    const later = await checkout(stripe, price.id, { currency: 'sek' });
    expect(later.amount_total).toBe(9900);
    expect(sim.violations).toEqual([]);
  });

  it('are sold together, with what is paid once', async () => {
    const { sim, stripe } = await openBench();
    const gold = await sell(stripe, { unit_amount: 1000 });
    const extra = await sell(stripe, { unit_amount: 100 }, 'Extra');
    const once = await sell(stripe, { unit_amount: 250, recurring: undefined }, 'Welcome');
    const made = await join({ sim, stripe }, gold.id, {
      line_items: [
        { price: gold.id, quantity: 1 },
        { price: extra.id, quantity: 3 },
        { price: once.id, quantity: 1 },
      ],
    });
    expect(made.items.data.map((item) => item.quantity)).toEqual([1, 3]);
    expect((await stripe.invoices.retrieve(idOf(made.latest_invoice))).total).toBe(1550);
    expect(sim.violations).toEqual([]);
  });
});

describe('Promotion codes', () => {
  const code = async (
    stripe: Awaited<ReturnType<typeof openBench>>['stripe'],
    restrictions: object,
    coupon: object = { percent_off: 50 }
  ) => {
    const { id } = await stripe.coupons.create(coupon);
    return stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: id },
      ...restrictions,
    });
  };

  it('are refused to whom they are not for', async () => {
    const { sim, stripe } = await openBench();
    const price = await sell(stripe, { unit_amount: 1000 });
    const other = await sell(stripe, {}, 'Other');
    const made = await join({ sim, stripe }, price.id);
    const customer = idOf(made.customer);
    const attempt = async (promotion_code: string) =>
      failure(checkout(stripe, price.id, { customer, discounts: [{ promotion_code }] }));
    const first = await code(stripe, { restrictions: { first_time_transaction: true } });
    expect((await attempt(first.id)).message).toContain('prior transactions');
    const minimum = await code(stripe, {
      restrictions: { minimum_amount: 5000, minimum_amount_currency: 'eur' },
    });
    expect((await attempt(minimum.id)).message).toContain('minimum amount');
    const applies = await code(
      stripe,
      {},
      { percent_off: 10, applies_to: { products: [idOf(other.product)] } }
    );
    expect((await attempt(applies.id)).message).toContain('does not apply');
    const dollars = await code(stripe, {}, { amount_off: 100, currency: 'usd' });
    expect((await attempt(dollars.id)).message).toContain('usd');
    const somebody = await stripe.customers.create({});
    const own = await code(stripe, { customer: somebody.id });
    expect((await attempt(own.id)).message).toContain('this customer');
    expect(sim.violations).toEqual([]);
  });

  it('take off what their currency says, from the products they are for', async () => {
    const { sim, stripe } = await openBench();
    const price = await sell(stripe, { unit_amount: 1000 });
    const other = await sell(stripe, { unit_amount: 300 }, 'Other');
    const off = await code(
      stripe,
      {},
      {
        amount_off: 100,
        currency: 'usd',
        currency_options: { eur: { amount_off: 90 } },
        applies_to: { products: [idOf(other.product)] },
      }
    );
    const session = await checkout(stripe, price.id, {
      line_items: [
        { price: price.id, quantity: 1 },
        { price: other.id, quantity: 1 },
      ],
      discounts: [{ promotion_code: off.id }],
      customer_email: 'a@b.cd',
    });
    expect(session.amount_total).toBe(1210);
    sim.pay(session.id);
    const { invoice } = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['invoice'],
    });
    expect(object(invoice).total).toBe(1210);
    expect(sim.violations).toEqual([]);
  });
});
