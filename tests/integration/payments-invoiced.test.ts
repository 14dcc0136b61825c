import { FRONT, openShop, type Shop } from '../support/shop';

/** `checkout.invoiceCreation`: what is paid once comes with an invoice too. */
describe('a purchase with an invoice', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({
      options: { checkout: { allowedOrigins: [FRONT], invoiceCreation: true } },
    });
  });
  afterAll(() => shop.stop());

  it.each([
    ['eur', 2500],
    ['jpy', 900],
    ['kwd', 12_340],
  ])('is one payment, known by its invoice, in %s', async (currency, amount) => {
    const tier = await shop.tier(`One ${currency}`);
    const price = await shop.price(tier, { amount, currency, interval: null });
    const reader = await shop.register(`buys-${currency}`);
    const session = await shop.buy(reader, price);
    const payments = () =>
      shop.rows('payment').findMany({
        where: { member: { user: { id: reader.id } } },
        populate: ['subscription'],
      });
    const [row, ...others] = await payments();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      stripeId: expect.stringMatching(/^in_/),
      checkoutSession: session,
      paymentIntent: expect.stringMatching(/^pi_/),
      status: 'paid',
      amountPaid: String(amount),
      hostedInvoiceUrl: expect.stringMatching(/^http/),
      currency,
      subscription: null,
    });
    await shop.client.refunds.create({ payment_intent: row?.paymentIntent ?? '' });
    await shop.settle();
    expect(await payments()).toMatchObject([{ amountRefunded: String(amount) }]);
  });
});
