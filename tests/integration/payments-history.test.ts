import { getService } from '../../server/src/get-service';
import { DAY, openShop } from '../support/shop';

test('a history longer than a page is kept whole', async () => {
  const late = await openShop({ webhook: false });
  try {
    const weekly = await late.price(await late.tier('Gold'), { amount: 100, interval: 'week' });
    const { body } = await late.checkout(await late.register('long'), weekly);
    late.stripe.pay(body.data.sessionId);
    await late.stripe.advance(110 * 7 * DAY);
    const [subscription] = (await late.client.subscriptions.list()).data;
    // All of it from one fetch, as of a site that hears of a subscription years late.
    await getService(late.strapi, 'billing').worker.syncNow(subscription?.id ?? '');
    const rows = await late.rows('payment').findMany({});
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ stripeId }) => stripeId)).size).toBe(rows.length);
    const bills = late.stripe
      .worldFor(false)
      .tables.invoices.filter(({ status }) => status !== 'draft');
    expect(rows).toHaveLength(bills.length);
  } finally {
    await late.stop();
  }
});
