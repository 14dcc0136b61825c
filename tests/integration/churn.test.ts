import { getService } from '../../server/src/get-service';
import { DAY, openShop, type Reader, type Shop } from '../support/shop';

/** The report, over a winter of comings and goings. */
describe('churn', () => {
  let shop: Shop;
  let monthly: string;

  beforeAll(async () => {
    // Midnight of the first is six hours before UTC's.
    shop = await openShop({ options: { revenue: { timeZone: 'Asia/Dhaka' } } });
    monthly = await shop.price(await shop.tier('Gold'));
  });
  afterAll(async () => {
    await shop.stop();
  });

  const leave = async (reader: Reader, feedback?: 'unused' | 'too_expensive') => {
    for (const { stripeId, status } of (await shop.me(reader)).subscriptions) {
      if (status === 'canceled') continue;
      await shop.client.subscriptions.cancel(stripeId, {
        ...(feedback && { cancellation_details: { feedback } }),
      });
    }
    await shop.settle();
  };

  it('counts members, not subscriptions, by where they stood at each month’s ends', async () => {
    const [stays, goes, wavers, doubles] = [
      await shop.register('stays'),
      await shop.register('goes'),
      await shop.register('wavers'),
      await shop.register('doubles'),
    ];
    for (const reader of [stays, goes, wavers, doubles]) await shop.buy(reader, monthly);

    // The 31st of January at 19:00 UTC: already February where the site is.
    await shop.advance(16 * DAY + 7 * 3_600_000);
    await leave(goes, 'too_expensive');
    await leave(wavers, 'unused');
    await shop.advance(DAY);
    await shop.buy(wavers, monthly);
    await shop.buy(null, monthly, { email: doubles.email });
    const [mail] = await shop.mailbox.to(doubles.email);
    const token = /token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    await shop.http.post('/api/memberships/me/claim').set(doubles.auth).send({ token }).expect(200);

    await shop.advance(30 * DAY);
    await leave(doubles);
    expect((await shop.me(doubles)).tiers).toEqual([]);

    const report = await getService(shop.strapi, 'revenue').churn('2026-01', '2026-04');
    expect(report).toEqual({
      timeZone: 'Asia/Dhaka',
      months: [
        { month: '2026-01', start: 0, joined: 4, left: 0, end: 4, churnRate: null },
        { month: '2026-02', start: 4, joined: 0, left: 1, end: 3, churnRate: 0.25 },
        { month: '2026-03', start: 3, joined: 0, left: 1, end: 2, churnRate: 1 / 3 },
        { month: '2026-04', start: 2, joined: 0, left: 0, end: 2, churnRate: 0 },
      ],
      reasons: [
        { reason: 'cancellation_requested', count: 1, share: 0.5 },
        { reason: 'too_expensive', count: 1, share: 0.5 },
      ],
    });
    const paying = await shop.rows('subscription').count({ where: { status: 'active' } });
    expect(report.months.at(-1)?.end).toBe(paying);
  });
});
