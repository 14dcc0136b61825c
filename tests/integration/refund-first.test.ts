import { getService } from '../../server/src/get-service';
import { wishFor } from '../../server/src/store';
import { openShop, type Shop } from '../support/shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ webhook: false });
});
afterAll(() => shop.stop());

test('a refund that is heard of before its subscription is written on the payment', async () => {
  const reader = await shop.register('refunded');
  await shop.buy(reader, await shop.price(await shop.tier('Gold')));
  const { data } = await shop.client.charges.list({ limit: 1 });
  const charge = data[0]?.id ?? '';
  await shop.client.refunds.create({ charge, amount: 400 });
  expect(await shop.rows('payment').count()).toBe(0);

  const scope = await getService(shop.strapi, 'billing').stripe.scope();
  await wishFor(shop.strapi, scope, charge);
  shop.background.wake();
  await shop.background.idle();

  const payment = await shop.rows('payment').findOne({ where: {} });
  expect(payment).toMatchObject({ status: 'paid', amountRefunded: '400' });
});
