import { addAdmin, type Admin } from '../support/admin';
import { openShop, FRONT, LINKS, type Answer, type Reader, type Shop } from '../support/shop';

/** Wrong input that a second look got through, or got an answer of 500 or 503 for. */
describe('input on a second look', () => {
  let shop: Shop;
  let gold: string;
  let monthly: string;
  let reader: Reader;
  let admin: Admin;
  let member: string;

  beforeAll(async () => {
    shop = await openShop();
    gold = await shop.tier('Gold', { translations: { fr: { name: 'Or' } } });
    monthly = await shop.price(gold);
    reader = await shop.register('ada');
    member = (await shop.me(reader)).member.documentId;
    admin = await addAdmin(shop, 'strapi-super-admin');
  });
  afterAll(async () => {
    await shop.stop();
  });

  const expectRefused = ({ status, body }: Answer, field: string): void => {
    expect({ status, field: body.error?.details?.field }).toEqual({ status: 400, field });
  };

  describe('a URL to return to', () => {
    it.each([
      ['a backslash, where parsers part ways', 'https://front.example\\@evil.example/'],
      ['a line break', 'https://fr\nont.example/'],
      ['a space around it', ' https://front.example/'],
      ['a tab', 'https://front.example/\tx'],
      ['more than Stripe takes', `https://front.example/${'x'.repeat(6000)}`],
    ])('is refused with %s', async (_, url) => {
      expectRefused(await shop.checkout(null, monthly, { successUrl: url }), 'successUrl');
      expectRefused(await shop.checkout(null, monthly, { cancelUrl: url }), 'cancelUrl');
      const portal = await shop.http
        .post('/api/memberships/me/portal')
        .set(reader.auth)
        .send({ returnUrl: url });
      expectRefused(portal, 'returnUrl');
    });

    it('may hold what an address may hold', async () => {
      const successUrl = `${FRONT}/danke/für?s={CHECKOUT_SESSION_ID}#ende`;
      expect((await shop.checkout(null, monthly, { successUrl })).status).toBe(200);
    });
  });

  it('an id or a code longer than any of Stripe is refused before Stripe is asked', async () => {
    const sessionId = `cs_${'x'.repeat(2000)}`;
    expectRefused(
      await shop.http.post('/api/memberships/checkout/sync').send({ sessionId }),
      'sessionId'
    );
    const promotionCode = 'x'.repeat(2000);
    expectRefused(await shop.checkout(null, monthly, { promotionCode }), 'promotionCode');
  });

  it('a NUL, which PostgreSQL takes nowhere, is refused by name', async () => {
    expectRefused(await shop.checkout(null, `${monthly}\0`), 'price');
    expectRefused(await admin.post('/tiers', { name: 'N\0l', slug: 'nul' }), 'name');
    expectRefused(
      await admin.post('/tiers', { name: 'Nul', benefits: ['a', 'b\0'] }),
      'benefits[1]'
    );
    expectRefused(await admin.get('/members?_q=%00'), '_q');
    expectRefused(await admin.get('/members?tier=%00'), 'tier');
    for (const path of ['/members/a%00', `/members/${member}%00`]) {
      expect((await admin.get(path)).status).toBe(404);
    }
    const explained = await shop.http.get(`/api/memberships/access/api::article.article/a%00`);
    expect(explained.status).toBe(404);
    expect((await shop.http.get('/api/memberships/tiers?locale=%00')).status).toBe(200);
  });

  it('a list where one word was asked for is refused', async () => {
    expectRefused(await admin.get('/members?_q=a&_q=b'), '_q');
    expectRefused(await admin.get('/members?_q[a]=b'), '_q');
  });

  it('a page that no database can count to is refused', async () => {
    expectRefused(await admin.get('/members?page=1e308'), 'page');
    expectRefused(await admin.get(`/members?page=${Number.MAX_SAFE_INTEGER}`), 'page');
  });

  it.each([
    '2099',
    '2099-01-01T00:00',
    '+200000-01-01T00:00:00Z',
    'Jan 1 2099',
    '2099-02-31T00:00:00Z x',
  ])(
    'an end of %s is refused: it names no instant, or none that a database keeps',
    async (endsAt) => {
      expectRefused(
        await admin.post(`/members/${member}/grants`, { tier: gold, endsAt }),
        'endsAt'
      );
    }
  );

  it('a language called like a property of every object is none', async () => {
    for (const locale of ['constructor', 'toString', '__proto__', 'xx']) {
      const { body } = await shop.http.get(`/api/memberships/tiers?locale=${locale}`);
      expect(body.data[0].name).toBe('Gold');
    }
    expect((await shop.http.get('/api/memberships/tiers?locale=fr')).body.data[0].name).toBe('Or');
  });

  it('an archived tier is in no public list, and what it includes is still opened', async () => {
    const low = await shop.tier('Low');
    const middle = await shop.tier('Middle', { includes: [low] });
    const high = await shop.tier('High', { includes: [middle], rank: 9 });
    const articles = await shop.strapi.documents('api::article.article').findMany({ limit: 1 });
    const documentId =
      articles[0]?.documentId ??
      (
        await shop.strapi
          .documents('api::article.article')
          .create({ data: { title: 'A' }, status: 'published' })
      ).documentId;
    await admin.put(`/rules/api::article.article/${documentId}`, {
      visibility: 'tiers',
      tiers: [low],
    });
    await admin.post(`/tiers/${middle}/archive`);
    const { body } = await shop.http.get('/api/memberships/tiers');
    expect(JSON.stringify(body)).not.toContain(middle);
    const explained = await shop.http.get(
      `/api/memberships/access/api::article.article/${documentId}`
    );
    expect(
      explained.body.data.openedBy.map((tier: { documentId: string }) => tier.documentId)
    ).toEqual([low, high]);
  });

  it('the way to the portal is told as the site serves it', async () => {
    const buyer = await shop.register('served');
    await shop.buy(buyer, monthly, { email: buyer.email });
    const { status, body } = await shop.checkout(buyer, monthly, LINKS);
    expect(status).toBe(409);
    expect(body.error.details.portal).toBe('/api/memberships/me/portal');
  });
});
