import { tryAlone } from '../../server/src/store';
import { openShop, type Shop } from '../support/shop';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ webhook: false });
});
afterAll(() => shop.stop());

const TTL = 600;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
};

const leaseUntil = async (name: string): Promise<number> => {
  const row = await shop.rows('lock').findOne({ where: { name } });
  return Date.parse(String(row?.leaseUntil));
};

test('a lease is kept for as long as its work takes, and given back with its end', async () => {
  let finish = (): void => undefined;
  const work = new Promise<void>((resolve) => (finish = resolve));
  const held = tryAlone(shop.strapi, 'slow', TTL, () => work);
  await until(async () => (await leaseUntil('slow')) > 0);
  for (let step = 0; step < 3; step += 1) {
    await shop.stripe.advance(TTL * 0.9);
    await until(async () => (await leaseUntil('slow')) > shop.stripe.now() + TTL / 2);
  }
  expect(await tryAlone(shop.strapi, 'slow', TTL, () => Promise.resolve('stolen'))).toBeNull();
  finish();
  await held;
  expect(await tryAlone(shop.strapi, 'slow', TTL, () => Promise.resolve('free'))).toEqual({
    result: 'free',
  });
});

test('a holder that lost its lease does not take it back', async () => {
  let finish = (): void => undefined;
  const work = new Promise<void>((resolve) => (finish = resolve));
  const held = tryAlone(shop.strapi, 'lost', TTL, () => work);
  await until(async () => (await leaseUntil('lost')) > 0);
  await shop.rows('lock').updateMany({
    where: { name: 'lost' },
    data: { owner: 'another', token: 7, leaseUntil: new Date(shop.stripe.now() + 60_000) },
  });
  const taken = await leaseUntil('lost');
  await shop.stripe.advance(1_000);
  let renewals = 0;
  const listen = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
    if (/^update/i.test(sql) && sql.includes('locks') && bindings.includes('lost')) renewals += 1;
  };
  shop.strapi.db.connection.on('query', listen);
  await until(() => Promise.resolve(renewals > 0));
  shop.strapi.db.connection.off('query', listen);
  finish();
  await held;
  expect(await leaseUntil('lost')).toBe(taken);
});
