import { HIDDEN_UID } from '../../server/src/constants';
import { FRONT, LINKS, openShop, type Answer, type Reader, type Shop } from '../support/shop';

/** Whatever is sent: a 4xx that says what is wrong, nothing half-written, nothing secret told. */
describe('bad input', () => {
  let shop: Shop;
  let reader: Reader;
  let price: string;
  const prices: Record<string, string> = {};

  beforeAll(async () => {
    shop = await openShop();
    const gold = await shop.tier('Gold');
    price = await shop.price(gold);
    prices.inactive = await shop.price(gold, { active: false });
    const old = await shop.tier('Old');
    prices.archived = await shop.price(old);
    const archivedAt = new Date(shop.stripe.now()).toISOString();
    await shop.rows('tier').update({ where: { documentId: old }, data: { archivedAt } });
    const free = await shop.tier('Free', { kind: 'free' });
    prices.free = await shop.price(free);
    const scope = { stripeId: 'price_elsewhere', account: 'acct_elsewhere', livemode: false };
    prices.otherAccount = await shop.price(gold, { ...scope });
    const { id: account } = await shop.client.accounts.retrieveCurrent();
    prices.live = await shop.price(gold, { stripeId: 'price_live', account, livemode: true });
    prices.unknown = 'nosuchprice00000000000000';
    reader = await shop.register('reader');
    await shop.settle();
  });
  afterAll(async () => {
    await shop.stop();
  });

  const post = (path: string, body: object | string, as: Reader | null = null) => {
    const request = shop.http.post(`/api/memberships/${path}`).set(as?.auth ?? {});
    return typeof body === 'string'
      ? request.set('content-type', 'application/json').send(body)
      : request.send(body);
  };

  /** Sends it, and sees that it was refused well and left nothing behind, here or at Stripe. */
  const refused = async (
    send: () => PromiseLike<Answer>,
    status: number,
    details: Record<string, unknown>
  ): Promise<void> => {
    const [before, events] = [await shop.counts(), shop.stripe.events().length];
    const answer = await send();
    expect([answer.status, answer.body.error?.details]).toEqual([
      status,
      expect.objectContaining(details),
    ]);
    expect(answer.body).toMatchObject({ data: null, error: { status } });
    expect(answer.body.error.name).toMatch(/^[A-Z]\w+Error$/);
    expect(answer.body.error.message.length).toBeGreaterThan(10);
    expect(answer.text).not.toMatch(/sk_test|whsec_|node_modules/);
    await shop.settle();
    expect(await shop.counts()).toEqual(before);
    expect(shop.stripe.events().length).toBe(events);
  };

  describe.each([
    ['a visitor', () => null],
    ['a member', () => reader],
  ])('checkout by %s', (_who, as) => {
    it.each([
      ['unknown', 'price-unknown'],
      ['inactive', 'price-inactive'],
      ['archived', 'tier-archived'],
      ['free', 'tier-free'],
      ['live', 'price-mode'],
      ['otherAccount', 'price-mode'],
    ])('of a price that is %s', async (name, code) => {
      await refused(() => shop.checkout(as(), prices[name] ?? ''), 400, { code, field: 'price' });
    });

    it.each([
      ['off the list', 'https://evil.example/'],
      ['on a sub-domain', 'https://shop.front.example/'],
      ['on another scheme', 'http://front.example/'],
      ['on another port', 'https://front.example:444/'],
      ['that only begins like it', `${FRONT}.evil.example/`],
      ['with a user before it', 'https://front.example@evil.example/'],
      ['with a user in it', 'https://somebody@front.example/'],
      ['without an origin', '/thanks'],
      ['that runs', 'javascript:alert(1)'],
      ['of nothing', 'nonsense'],
    ])('to a URL %s', async (_name, url) => {
      const code = 'origin-not-allowed';
      for (const field of ['successUrl', 'cancelUrl']) {
        await refused(() => shop.checkout(as(), price, { [field]: url }), 400, { code, field });
      }
    });

    it.each([
      ['price', { ...LINKS }],
      ['price', { ...LINKS, price: 5 }],
      ['price', { ...LINKS, price: null }],
      ['price', { ...LINKS, price: { $ne: null } }],
      ['price', { ...LINKS, price: ['a'] }],
      ['successUrl', { price: 'x', cancelUrl: LINKS.cancelUrl }],
      ['cancelUrl', { price: 'x', successUrl: LINKS.successUrl, cancelUrl: 5 }],
      ['promotionCode', { ...LINKS, price: 'x', promotionCode: 5 }],
    ])('without a sound %s: %j', async (field, body) => {
      await refused(() => post('checkout', body, as()), 400, { field });
    });

    it('with a promotion code that is none', async () => {
      await refused(() => shop.checkout(as(), price, { promotionCode: 'WISHFUL' }), 400, {
        field: 'promotionCode',
      });
    });
  });

  it.each(['checkout', 'checkout/sync'])('that is no JSON: %s', async (path) => {
    for (const body of ['{"price": ', 'price=5', '"text"', '5']) {
      await refused(() => post(path, body), 400, { field: 'body' });
      await refused(() => post(path, body, reader), 400, { field: 'body' });
    }
  });

  it.each(['checkout', 'checkout/sync'])('that is no object: %s', async (path) => {
    await refused(() => post(path, '[]'), 400, { field: 'body' });
  });

  it('a session that is none, or is not spelt like one', async () => {
    await refused(() => post('checkout/sync', { sessionId: 'cs_test_nothing' }), 404, {
      code: 'session-unknown',
      field: 'sessionId',
    });
    for (const sessionId of ['sub_1', '../v1/customers', '', 5, null, undefined]) {
      await refused(() => post('checkout/sync', { sessionId }), 400, { field: 'sessionId' });
    }
  });

  it('the portal and a claim by nobody, or with nothing to show', async () => {
    for (const path of ['me/portal', 'me/claim']) {
      const { status } = await post(path, {});
      expect([401, 403]).toContain(status);
    }
    await refused(() => post('me/portal', {}, reader), 400, { field: 'returnUrl' });
    await refused(() => post('me/portal', { returnUrl: 'https://evil.example' }, reader), 400, {
      code: 'origin-not-allowed',
      field: 'returnUrl',
    });
    await refused(() => post('me/claim', {}, reader), 400, { field: 'token' });
    await refused(() => post('me/claim', { token: { $ne: null } }, reader), 400, {
      field: 'token',
    });
    await refused(() => post('me/claim', { token: 'guessed' }, reader), 400, {
      code: 'claim-invalid',
      field: 'token',
    });
  });

  it('a token that is none', async () => {
    const { status, body } = await shop.http
      .get('/api/memberships/me')
      .set({ Authorization: 'Bearer nonsense' });
    expect(status).toBe(401);
    expect(body.error).toMatchObject({
      name: 'UnauthorizedError',
      details: { field: 'Authorization' },
    });
  });

  it('an API token is nobody: it has no membership', async () => {
    const token: { accessKey: string } = await shop.strapi.service('admin::api-token').create({
      kind: 'content-api',
      name: 'everything',
      type: 'full-access',
      lifespan: null,
    });
    const { status, body } = await shop.http
      .get('/api/memberships/me')
      .set({ Authorization: `Bearer ${token.accessKey}` });
    expect(status).toBe(401);
    expect(body.error.name).toBe('UnauthorizedError');
  });

  it('a suspended member neither buys nor reads', async () => {
    const bad = await shop.register('suspended');
    await shop.rows('member').update({
      where: { user: { id: bad.id } },
      data: { suspendedAt: new Date(shop.stripe.now()).toISOString() },
    });
    await refused(() => shop.checkout(bad, price), 403, { code: 'member-suspended' });
    expect((await shop.me(bad)).tiers).toEqual([]);
  });

  it('a blocked user is told nothing', async () => {
    const blocked = await shop.register('blocked');
    await shop.rows('user').update({ where: { id: blocked.id }, data: { blocked: true } });
    await refused(() => shop.checkout(blocked, price), 401, { field: 'Authorization' });
  });

  it('a decline leaves nothing behind, and the page can be paid with another card', async () => {
    const { body } = await shop.checkout(reader, price);
    await shop.settle();
    const before = { ...(await shop.counts()), inbox: 0 };
    shop.stripe.pay(body.data.sessionId, { outcome: 'decline' });
    await shop.settle();
    expect({ ...(await shop.counts()), inbox: 0 }).toEqual(before);
    shop.stripe.pay(body.data.sessionId);
    await shop.settle();
    expect((await shop.me(reader)).subscriptions).toHaveLength(1);
  });

  it('leaves no secret in the logs or the tables', async () => {
    const secrets = [shop.stripe.secretKey, 'whsec_'];
    const inbox = await shop.strapi.db.query(HIDDEN_UID.inbox).findMany({});
    const told = [...shop.logs, JSON.stringify(inbox)].join('\n');
    expect(shop.logs.length).toBeGreaterThan(50);
    for (const secret of secrets) expect(told).not.toContain(secret);
  });
});

describe('a flood', () => {
  it('is slowed down with 429 and a time to come back', async () => {
    const shop = await openShop({ options: { limits: { perMinute: 3 } }, webhook: false });
    try {
      const answers: Answer[] = [];
      for (let at = 0; at < 4; at += 1) answers.push(await shop.checkout(null, 'nothing'));
      expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 429]);
      expect(answers[3]?.body.error).toMatchObject({
        name: 'RateLimitError',
        details: { code: 'rate-limited' },
      });
      expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(0);
      // Reading what is on offer costs Stripe nothing.
      await shop.http.get('/api/memberships/tiers').expect(200);
    } finally {
      await shop.stop();
    }
  });
});
