import { UID } from '../../server/src/constants';
import { startStripe } from '../stripe';
import { openShop, START, type Reader } from '../support/shop';

/** What was bought while a site was being built opens nothing once it sells for real. */
test('test money buys nothing under a live key; what was given stays', async () => {
  const stripe = await startStripe({ now: START, retryDelays: [5, 10, 20] });
  const built = await openShop({ simulator: stripe });
  const [gold, silver, bronze] = [
    await built.tier('Gold'),
    await built.tier('Silver'),
    await built.tier('Bronze'),
  ];
  const reader = await built.register('builder');
  await built.buy(reader, await built.price(gold));
  await built.buy(reader, await built.price(silver, { interval: null }));
  await built.settle();
  const member = await built.rows('member').findOne({ where: { user: { id: reader.id } } });
  await built.strapi.documents(UID.grant).create({
    data: {
      member: member?.documentId,
      tier: bronze,
      source: 'complimentary',
      startsAt: new Date(START).toISOString(),
    },
  });
  const held = async (shop: typeof built, who: Reader) =>
    (await shop.me(who)).tiers.map(({ slug }) => slug).sort();
  expect(await held(built, reader)).toEqual(['bronze', 'gold', 'silver']);

  const { database } = built;
  await built.stop({ database: true });
  const live = await openShop({
    simulator: stripe,
    webhook: false,
    database,
    env: { STRIPE_SECRET_KEY: stripe.liveSecretKey },
  });
  await live.settle();
  expect(await held(live, reader)).toEqual(['bronze']);
  expect(await live.rows('movement').count({ where: { livemode: true } })).toBe(0);
  await live.stop();
  await stripe.close();
});
