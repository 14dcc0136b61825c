import { openShop, type Shop } from '../support/shop';
import { openDesk, type Desk } from './subscriptions-support';

let shop: Shop;
let desk: Desk;
let price: string;
beforeAll(async () => {
  shop = await openShop();
  desk = openDesk(shop);
  price = await desk.stripePrice(await shop.price(await shop.tier('Gold')));
});
afterAll(() => shop.stop());

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

test('an answer of Stripe’s that takes its time holds up its own subscription and no other', async () => {
  const open = async (name: string) => {
    const reader = await shop.register(name);
    return desk.subscribe(reader, { items: [{ price }] });
  };
  const slow = await open('slow');
  const quick = await open('quick');
  const quantityOf = async (stripeId: string) => {
    const row = await shop.rows('subscription').findOne({ where: { stripeId } });
    return row?.items?.[0]?.quantity;
  };
  const change = ({ id, items }: typeof slow) =>
    shop.client.subscriptions.update(id, { items: [{ id: items.data[0]?.id, quantity: 2 }] });

  shop.stripe.faults.set({
    api: [{ kind: 'slow', call: `^GET /v1/subscriptions/${slow.id}`, delay: 5_000 }],
  });
  await change(slow);
  // Fetched now, and answered in five seconds.
  while (shop.stripe.faults.log.length === 0) await pause();
  await change(quick);
  while ((await quantityOf(quick.id)) !== 2) await pause();
  expect(await quantityOf(slow.id)).toBe(1);

  shop.stripe.faults.clear();
  await shop.settle();
  expect(await quantityOf(slow.id)).toBe(2);
});
