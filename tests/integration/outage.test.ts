import { openShop, type Shop } from '../support/shop';

/** Every heartbeat tries again what is due; an operator is told what changed. */
describe('the log of an outage of Stripe', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.stop());

  const said = (): string[] =>
    shop.logs.filter((line) => /memberships:/.test(line) && /warn|back/.test(line));
  const beat = async (): Promise<void> => {
    shop.background.wake();
    await shop.background.idle();
  };

  it('has one line for its beginning and one for its end', async () => {
    const price = await shop.price(await shop.tier('Gold'));
    const reader = await shop.register('waits');
    await shop.buy(reader, price);
    const before = said().length;

    shop.stripe.faults.set({ seed: 1, api: [{ kind: 'bare' }] });
    const rows = await shop
      .rows('subscription')
      .findMany({ where: { member: { id: { $gt: 0 } } } });
    const [key = ''] = rows.flatMap(({ stripeId }) => stripeId ?? []);
    await shop.rows('inbox').updateMany({
      where: { key },
      data: { status: 'pending' },
    });
    await shop.tier('Silver');
    // The inbox and the catalogue, both in one beat.
    await beat();
    expect(said().slice(before)).toEqual([expect.stringContaining('Stripe is away')]);

    shop.stripe.faults.clear();
    await beat();
    expect(said().slice(before)).toEqual([
      expect.stringContaining('Stripe is away'),
      expect.stringContaining('Stripe is back'),
    ]);
  });
});
