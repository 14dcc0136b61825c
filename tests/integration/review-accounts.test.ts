import Stripe from 'stripe';
import { getService } from '../../server/src/get-service';
import { openShop, FRONT, type Reader, type Shop } from '../support/shop';

/** Accounts, payers and what runs by itself, where a second look found them wrong. */
describe('on a second look', () => {
  let shop: Shop;
  let gold: string;
  let monthly: string;

  beforeAll(async () => {
    shop = await openShop({ options: { pages: { claim: `${FRONT}/claim` } } });
    gold = await shop.tier('Gold');
    monthly = await shop.price(gold);
  });
  afterAll(async () => {
    await shop.stop();
  });

  const sync = (sessionId: string) =>
    shop.http.post('/api/memberships/checkout/sync').send({ sessionId });

  const deleteUser = async (email: string): Promise<void> => {
    const user = await shop.rows('user').findOne({ where: { email } });
    await shop.strapi
      .documents('plugin::users-permissions.user')
      .delete({ documentId: user?.documentId ?? '' });
  };

  const claim = async (reader: Reader): Promise<void> => {
    const mail = (await shop.mailbox.to(reader.email)).at(-1);
    const [link = ''] = /https:\/\/\S+/.exec(mail?.text ?? '') ?? [];
    await shop.http
      .post('/api/memberships/me/claim')
      .set(reader.auth)
      .send({ token: new URL(link).searchParams.get('token') })
      .expect(200);
  };

  describe('an account that was deleted', () => {
    it('of a guest does not come back when their success page is opened again', async () => {
      const email = 'gone.guest@mail.example';
      const session = await shop.buy(null, monthly, { email });
      await deleteUser(email);
      expect((await sync(session)).status).toBe(200);
      await shop.settle();
      expect(await shop.rows('user').count({ where: { email } })).toBe(0);
    });

    it('of a member does not come back, and nobody is mailed', async () => {
      const reader = await shop.register('gone');
      const session = await shop.buy(reader, monthly);
      await deleteUser(reader.email);
      for (const { id, type } of shop.stripe.events()) {
        if (type === 'checkout.session.completed') shop.stripe.resend(id);
      }
      await shop.settle();
      expect((await sync(session)).status).toBe(200);
      await shop.settle();
      expect(await shop.rows('user').count({ where: { email: reader.email } })).toBe(0);
      expect(await shop.mailbox.to(reader.email)).toEqual([]);
    });
  });

  it('a user whose e-mail an admin wrote in capitals is sent the claim, not a second account', async () => {
    await shop.strapi.documents('plugin::users-permissions.user').create({
      data: {
        username: 'capital',
        email: 'Capital@Mail.example',
        password: 'Secret-1234',
        provider: 'local',
        confirmed: true,
      },
    });
    await shop.buy(null, monthly, { email: 'capital@mail.example' });
    expect(
      await shop.rows('user').count({ where: { email: { $eqi: 'capital@mail.example' } } })
    ).toBe(1);
    const [mail] = await shop.mailbox.to('capital@mail.example');
    expect(mail?.html).toContain('Add the membership to my account');
  });

  it('a guest gets an account where the site asks its users for more than we know', async () => {
    const { attributes } = shop.strapi.contentType('plugin::users-permissions.user');
    Object.assign(attributes, { phone: { type: 'string', required: true } });
    try {
      const session = await shop.buy(null, monthly, { email: 'phoneless@mail.example' });
      expect((await sync(session)).body).toEqual({
        data: { status: 'complete', synced: true, account: 'set-password' },
      });
    } finally {
      Reflect.deleteProperty(attributes, 'phone');
    }
  });

  it('the portal opens the customer who pays, whichever was made last', async () => {
    const reader = await shop.register('two-customers');
    await shop.buy(null, monthly, { email: reader.email });
    // A customer of their own, who never buys.
    expect((await shop.checkout(reader, monthly)).status).toBe(200);
    await claim(reader);
    const answer = await shop.http
      .post('/api/memberships/me/portal')
      .set(reader.auth)
      .send({ returnUrl: `${FRONT}/account` });
    const page = await fetch(answer.body.data.url);
    expect(await page.text()).toContain('sub_');
    const [member] = (await shop.rows('member').findMany({ where: { email: reader.email } })) ?? [];
    const current = await shop
      .rows('customer')
      .count({ where: { member: member?.id, current: true } });
    expect(current).toBe(1);
  });

  it('a mail that left is not sent again because the database did not take a note of it', async () => {
    const email = 'once@mail.example';
    let isAway = true;
    const stop = shop.strapi.db.lifecycles.subscribe({
      models: ['plugin::memberships.message'],
      beforeUpdateMany({ params }) {
        if (isAway && params.data?.status === 'sent') throw new Error('the database is away');
      },
    });
    await shop.buy(null, monthly, { email });
    isAway = false;
    await shop.advance(60 * 60 * 1000);
    stop();
    expect(await shop.mailbox.to(email)).toHaveLength(1);
  });

  it('a listener that throws does not fail what is written', async () => {
    const off = shop.strapi.eventHub.on('membership.granted', () => {
      throw new Error('a listener of the site');
    });
    const reader = await shop.register('listened');
    const session = await shop.buy(reader, monthly);
    expect((await sync(session)).status).toBe(200);
    const failed = await shop.rows('inbox').count({ where: { attempts: { $gt: 0 } } });
    off();
    expect(failed).toBe(0);
  });

  it('tells of the free tiers that come with an account', async () => {
    const free = await shop.tier('Free', { kind: 'free' });
    const news: unknown[] = [];
    const off = shop.strapi.eventHub.on('membership.granted', (one: unknown) => {
      news.push(one);
      return Promise.resolve();
    });
    const reader = await shop.register('announced');
    const { member } = await shop.me(reader);
    off();
    expect(news).toEqual([{ member: member.documentId, tiers: [free] }]);
  });

  it('a payment that is still on its way is not said to be held', async () => {
    const reader = await shop.register('on-its-way');
    const lifetime = await shop.price(gold, { interval: null, amount: 9900 });
    const session = await shop.buy(reader, lifetime);
    const { checkout } = getService(shop.strapi, 'billing').stripe.client();
    const retrieve = checkout.sessions.retrieve.bind(checkout.sessions);
    const spy = jest
      .spyOn(checkout.sessions, 'retrieve')
      .mockImplementation(async (...args: Parameters<typeof retrieve>) => ({
        ...(await retrieve(...args)),
        payment_status: 'unpaid',
      }));
    const { body } = await sync(session);
    spy.mockRestore();
    expect(body.data).toMatchObject({ status: 'complete', synced: false });
  });

  it('a key without permission does not make the catalogue try without a pause', async () => {
    const { products } = getService(shop.strapi, 'billing').stripe.client();
    const refused = new Stripe.errors.StripePermissionError({
      message: 'rk_ may not',
      type: 'api_error',
    });
    const spy = jest.spyOn(products, 'update').mockRejectedValue(refused);
    await shop.strapi
      .documents('plugin::memberships.tier')
      .create({ data: { name: 'Refused', slug: 'refused', kind: 'paid' } });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const tries = spy.mock.calls.length;
    spy.mockRestore();
    expect(tries).toBeLessThan(4);
    shop.background.wake();
    await shop.settle();
  });

  it('a price bought by many in the moment it is made is made once', async () => {
    const reader = await shop.register('first');
    const { documentId } = await shop.strapi.documents('plugin::memberships.price').create({
      data: { tier: gold, amount: 1200, currency: 'eur', interval: 'month' },
    });
    const answers = await Promise.all([
      ...[1, 2, 3, 4].map(() => shop.checkout(null, documentId)),
      shop.checkout(reader, documentId),
    ]);
    await shop.settle();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const row = await shop.rows('price').findOne({ where: { documentId } });
    expect(row?.syncError).toBeNull();
    const found = await shop.client.prices.list({ lookup_keys: [`memberships_${documentId}`] });
    expect(found.data.map(({ id }) => id)).toEqual([row?.stripeId]);
  });
});
