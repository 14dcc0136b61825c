import { ADMIN_ACTIONS } from '../../server/src/constants';
import { addAdmin, addRole, adminWith, type Admin } from '../support/admin';
import { DAY, openShop, START, type Answer, type Shop } from '../support/shop';

/** What the admin pages ask for. */
describe('the admin API', () => {
  let shop: Shop;
  let owner: Admin;
  let powerless: Admin;

  beforeAll(async () => {
    shop = await openShop();
    owner = await addAdmin(shop, 'strapi-super-admin');
    await addRole(shop, 'powerless', []);
    powerless = await addAdmin(shop, 'powerless');
  });
  afterAll(async () => {
    await shop.stop();
  });

  const expectError = (answer: Answer, status: number, details: Record<string, unknown>) => {
    expect([answer.status, answer.body.error?.details]).toEqual([
      status,
      expect.objectContaining(details),
    ]);
  };

  const addTier = async (input: object): Promise<string> => {
    const { status, body } = await owner.post('/tiers', input);
    expect(status).toBe(201);
    return body.data.documentId;
  };

  const routes: [string, 'get' | 'post' | 'put' | 'delete', string][] = [
    [ADMIN_ACTIONS.membersRead, 'get', '/members'],
    [ADMIN_ACTIONS.membersRead, 'get', '/members/x'],
    [ADMIN_ACTIONS.membersUpdate, 'post', '/members'],
    [ADMIN_ACTIONS.membersUpdate, 'post', '/members/x/grants'],
    [ADMIN_ACTIONS.membersUpdate, 'delete', '/members/x/grants/y'],
    [ADMIN_ACTIONS.tiersRead, 'get', '/tiers'],
    [ADMIN_ACTIONS.tiersUpdate, 'post', '/tiers'],
    [ADMIN_ACTIONS.tiersUpdate, 'put', '/tiers/order'],
    [ADMIN_ACTIONS.tiersUpdate, 'put', '/tiers/x'],
    [ADMIN_ACTIONS.tiersUpdate, 'delete', '/tiers/x'],
    [ADMIN_ACTIONS.tiersUpdate, 'post', '/tiers/x/archive'],
    [ADMIN_ACTIONS.tiersUpdate, 'post', '/tiers/x/restore'],
    [ADMIN_ACTIONS.tiersUpdate, 'post', '/tiers/x/prices'],
    [ADMIN_ACTIONS.tiersUpdate, 'post', '/tiers/x/sync'],
    [ADMIN_ACTIONS.tiersUpdate, 'put', '/prices/x'],
    [ADMIN_ACTIONS.churnRead, 'get', '/churn'],
  ];

  /** Members' pages filter and give by tier. */
  const also: Record<string, string[]> = { 'get /tiers': [ADMIN_ACTIONS.membersRead] };

  it.each(routes)('needs %s for %s %s', async (action, method, path) => {
    const visitor = adminWith(shop, null);
    expect((await visitor[method](path)).status).toBe(401);
    const reader = await shop.register(`admin-${method}${path.replaceAll('/', '-')}`);
    const token = reader.auth.Authorization.replace('Bearer ', '');
    expect((await adminWith(shop, token)[method](path)).status).toBe(401);
    expect((await powerless[method](path)).status).toBe(403);

    // All the other permissions are not enough; this one alone is.
    const name = `${method}${path.replaceAll('/', '-')}`;
    const enough = [action, ...(also[`${method} ${path}`] ?? [])];
    const others = Object.values(ADMIN_ACTIONS).filter((one) => !enough.includes(one));
    await addRole(shop, `others-${name}`, others);
    expect((await (await addAdmin(shop, `others-${name}`))[method](path)).status).toBe(403);
    for (const one of enough) {
      const code = `only-${name}-${one.replaceAll(/[^a-z]/g, '-')}`;
      await addRole(shop, code, [one]);
      const { status } = await (await addAdmin(shop, code))[method](path);
      expect([200, 400, 404]).toContain(status);
    }
  });

  it('says how things are set up, to any admin, without a secret', async () => {
    const { status, body, text } = await powerless.get('/status');
    expect(status).toBe(200);
    expect(body.data).toEqual({
      stripe: { configured: true, mode: 'test', webhookConfigured: true, missing: [] },
      webhookPath: '/api/memberships/webhook',
      timeZone: 'UTC',
      locales: expect.any(Array),
    });
    expect(text).not.toMatch(/sk_|whsec/);
    expect((await adminWith(shop, null).get('/status')).status).toBe(401);
  });

  describe('tiers', () => {
    it('are created, changed, and in Stripe', async () => {
      const { status, body } = await owner.post('/tiers', {
        name: 'Gold, for Teams',
        description: 'Everything',
        benefits: ['All articles', 'The letter'],
        translations: { fr: { name: 'Or' } },
      });
      expect(status).toBe(201);
      expect(body.data).toMatchObject({
        name: 'Gold, for Teams',
        slug: 'gold-for-teams',
        kind: 'paid',
        members: 0,
        archivedAt: null,
        prices: [],
      });
      await shop.background.idle();
      const list = await owner.get('/tiers');
      expect(list.body.data[0].sync).toEqual({
        state: 'synced',
        stripeId: expect.stringMatching(/^prod_/),
        livemode: false,
        syncedAt: new Date(START).toISOString(),
        error: null,
      });

      const changed = await owner.put(`/tiers/${body.data.documentId}`, { name: 'Gold' });
      expect(changed.body.data).toMatchObject({ name: 'Gold', slug: 'gold-for-teams' });
      await shop.background.idle();
      const { stripeId } = list.body.data[0].sync;
      expect((await shop.client.products.retrieve(stripeId)).name).toBe('Gold');
      const french = await shop.http.get('/api/memberships/tiers?locale=fr').expect(200);
      expect(french.body.data[0]).toMatchObject({
        name: 'Or',
        benefits: ['All articles', 'The letter'],
      });
    });

    it.each([
      [{}, 'name'],
      [{ name: '' }, 'name'],
      [{ name: '   ' }, 'name'],
      [{ name: 5 }, 'name'],
      [{ name: 'x'.repeat(256) }, 'name'],
      [{ name: 'Tier', slug: 'No Slug' }, 'slug'],
      [{ name: 'Tier', slug: '-x' }, 'slug'],
      [{ name: '金' }, 'slug'],
      [{ name: 'Tier', kind: 'cheap' }, 'kind'],
      [{ name: 'Tier', benefits: 'many' }, 'benefits'],
      [{ name: 'Tier', benefits: [5] }, 'benefits[0]'],
      [{ name: 'Tier', translations: { fr: { name: 5 } } }, 'translations.fr.name'],
      [{ name: 'Tier', includes: ['nothing'] }, 'includes'],
      [{ name: 'Tier', rank: 5 }, 'rank'],
      [{ name: 'Tier', stripeId: 'prod_mine' }, 'stripeId'],
    ])('refuse %j', async (input, field) => {
      await shop.settle();
      const before = await shop.counts();
      expectError(await owner.post('/tiers', input), 400, { field });
      expect(await shop.counts()).toEqual(before);
    });

    it('have a slug each, also when two are made at once', async () => {
      await addTier({ name: 'Twin' });
      expectError(await owner.post('/tiers', { name: 'twin' }), 409, { field: 'slug' });
      const other = await addTier({ name: 'Other' });
      expectError(await owner.put(`/tiers/${other}`, { slug: 'twin' }), 409, { field: 'slug' });
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => owner.post('/tiers', { name: 'Racing' }))
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    });

    it('include others, never in a circle', async () => {
      const a = await addTier({ name: 'Inc A' });
      const b = await addTier({ name: 'Inc B', includes: [a] });
      const c = await addTier({ name: 'Inc C', includes: [b] });
      for (const [tier, includes] of [
        [a, [a]],
        [a, [b]],
        [a, [c]],
        [b, [a, c]],
      ] as const) {
        expectError(await owner.put(`/tiers/${tier}`, { includes }), 400, { field: 'includes' });
      }
      const cleared = await owner.put(`/tiers/${b}`, { includes: [] });
      expect(cleared.body.data.includes).toEqual([]);
      const { body } = await owner.put(`/tiers/${a}`, { includes: [c] });
      expect(body.data.includes).toMatchObject([{ slug: 'inc-c' }]);
    });

    it('keep their kind once they have prices', async () => {
      const tier = await addTier({ name: 'Kind' });
      expect((await owner.put(`/tiers/${tier}`, { kind: 'free' })).status).toBe(200);
      expectError(
        await owner.post(`/tiers/${tier}/prices`, { amount: 900, currency: 'eur' }),
        400,
        {
          code: 'tier-free',
        }
      );
      expect((await owner.put(`/tiers/${tier}`, { kind: 'paid' })).status).toBe(200);
      await owner.post(`/tiers/${tier}/prices`, { amount: 900, currency: 'eur' });
      expectError(await owner.put(`/tiers/${tier}`, { kind: 'free' }), 409, { field: 'kind' });
    });

    it.each([
      [{ currency: 'eur' }, 'amount'],
      [{ amount: 0, currency: 'eur' }, 'amount'],
      [{ amount: -5, currency: 'eur' }, 'amount'],
      [{ amount: 9.99, currency: 'eur' }, 'amount'],
      [{ amount: '900', currency: 'eur' }, 'amount'],
      [{ amount: 100_000_000, currency: 'eur' }, 'amount'],
      [{ amount: 900 }, 'currency'],
      [{ amount: 900, currency: 'EUR' }, 'currency'],
      [{ amount: 900, currency: 'gold' }, 'currency'],
      [{ amount: 900, currency: 'zzz' }, 'currency'],
      [{ amount: 900, currency: 'eur', interval: 'fortnight' }, 'interval'],
      [{ amount: 900, currency: 'eur', interval: 'month', intervalCount: 0 }, 'intervalCount'],
      [{ amount: 900, currency: 'eur', interval: 'month', intervalCount: 37 }, 'intervalCount'],
      [{ amount: 900, currency: 'eur', interval: 'year', intervalCount: 4 }, 'intervalCount'],
      [{ amount: 900, currency: 'eur', interval: 'month', trialDays: 731 }, 'trialDays'],
      [{ amount: 900, currency: 'eur', interval: 'month', trialDays: -1 }, 'trialDays'],
    ])('refuse a price of %j', async (input, field) => {
      const tier = await shop.rows('tier').findOne({ where: { slug: 'kind' } });
      await shop.settle();
      const before = await shop.counts();
      expectError(await owner.post(`/tiers/${tier?.documentId}/prices`, input), 400, { field });
      expect(await shop.counts()).toEqual(before);
    });

    it('take prices, off sale and back on', async () => {
      const tier = await addTier({ name: 'Priced' });
      const { status, body } = await owner.post(`/tiers/${tier}/prices`, {
        amount: 1500,
        currency: 'jpy',
        interval: 'month',
        intervalCount: 3,
        trialDays: 7,
      });
      expect(status).toBe(201);
      const [price] = body.data.prices;
      expect(price).toMatchObject({ amount: 1500, exponent: 0, intervalCount: 3, trialDays: 7 });
      const off = await owner.put(`/prices/${price.documentId}`, { active: false });
      expect(off.body.data.prices[0].active).toBe(false);
      const listed = await shop.http.get('/api/memberships/tiers').expect(200);
      const shown = listed.body.data.find(({ slug }: { slug: string }) => slug === 'priced');
      expect(shown.prices).toEqual([]);
      expectError(await owner.put(`/prices/${price.documentId}`, { active: 'no' }), 400, {
        field: 'active',
      });
      expect((await owner.put('/prices/nothing', { active: true })).status).toBe(404);
    });

    it('are archived and restored, deleted only while nothing refers to them', async () => {
      const free = await addTier({ name: 'Unused', kind: 'free' });
      expect((await owner.delete(`/tiers/${free}`)).status).toBe(204);
      expect((await owner.delete(`/tiers/${free}`)).status).toBe(404);

      const used = await addTier({ name: 'Used' });
      await owner.post(`/tiers/${used}/prices`, { amount: 900, currency: 'eur' });
      expectError(await owner.delete(`/tiers/${used}`), 409, { code: 'tier-in-use' });

      const ruled = await addTier({ name: 'Ruled', kind: 'free' });
      await shop.strapi.documents('plugin::memberships.rule').create({
        data: {
          targetUid: 'api::article.article',
          targetDocumentId: 'somearticle',
          visibility: 'tiers',
          tiers: [ruled],
        },
      });
      expectError(await owner.delete(`/tiers/${ruled}`), 409, { code: 'tier-in-use' });

      const archived = await owner.post(`/tiers/${used}/archive`);
      expect(archived.body.data.archivedAt).toBe(new Date(START).toISOString());
      expectError(await owner.post(`/tiers/${used}/prices`, { amount: 5, currency: 'eur' }), 400, {
        code: 'tier-archived',
      });
      const listed = await shop.http.get('/api/memberships/tiers').expect(200);
      expect(listed.body.data.map(({ slug }: { slug: string }) => slug)).not.toContain('used');
      const restored = await owner.post(`/tiers/${used}/restore`);
      expect(restored.body.data.archivedAt).toBeNull();
      for (const act of ['archive', 'restore', 'sync']) {
        expect((await owner.post(`/tiers/nothing/${act}`)).status).toBe(404);
      }
    });

    it('are put in order, all of them or none', async () => {
      const { body } = await owner.get('/tiers');
      const ids: string[] = body.data.map(({ documentId }: { documentId: string }) => documentId);
      const turned = ids.toReversed();
      const { status, body: ordered } = await owner.put('/tiers/order', { documentIds: turned });
      expect(status).toBe(200);
      expect(ordered.data.map(({ documentId }: { documentId: string }) => documentId)).toEqual(
        turned
      );
      for (const documentIds of [ids.slice(1), [...ids, ids[0]], [...ids, 'nothing'], []]) {
        expectError(await owner.put('/tiers/order', { documentIds }), 400, {
          field: 'documentIds',
        });
      }
      const { body: after } = await owner.get('/tiers');
      expect(after.data.map(({ documentId }: { documentId: string }) => documentId)).toEqual(
        turned
      );
    });
  });

  describe('members', () => {
    let gold: string;
    let free: string;
    const rowsOf = (answer: Answer): Record<string, string>[] => answer.body.data;
    const names = (answer: Answer) => rowsOf(answer).map(({ name }) => name);
    const add = async (name: string, email = `${name}@member.example`): Promise<string> => {
      const { status, body } = await owner.post('/members', { name, email });
      expect(status).toBe(201);
      return body.data.documentId;
    };
    const give = (member: string, input: object) => owner.post(`/members/${member}/grants`, input);

    beforeAll(async () => {
      gold = await addTier({ name: 'Member Gold' });
      free = await addTier({ name: 'Member Free', kind: 'free' });
    });

    it('are added once for an e-mail, whoever writes it how', async () => {
      const member = await add('Ada', 'Ada@Member.example');
      expect((await owner.get(`/members/${member}`)).body.data).toMatchObject({
        email: 'ada@member.example',
        name: 'Ada',
        status: 'none',
        tiers: [],
        user: null,
        joinedAt: new Date(START).toISOString(),
      });
      expectError(await owner.post('/members', { email: 'ADA@member.example' }), 409, {
        field: 'email',
      });
      const reader = await shop.register('has-account');
      expectError(await owner.post('/members', { email: reader.email }), 409, { field: 'email' });
      for (const email of [undefined, '', 'nobody', 5, null, { $ne: null }]) {
        expectError(await owner.post('/members', { email }), 400, { field: 'email' });
      }
    });

    it('are given a tier and lose it again', async () => {
      const member = await add('Grace');
      const endsAt = new Date(START + 30 * DAY).toISOString();
      const given = await give(member, { tier: gold, endsAt });
      expect(given.status).toBe(201);
      expect(given.body.data).toMatchObject({
        source: 'complimentary',
        endsAt,
        active: true,
        tier: { documentId: gold },
      });
      const detail = (await owner.get(`/members/${member}`)).body.data;
      expect(detail).toMatchObject({ status: 'complimentary', tiers: [{ documentId: gold }] });
      expect(detail.grants).toHaveLength(1);

      const path = `/members/${member}/grants/${given.body.data.documentId}`;
      const ended = await owner.delete(path);
      expect(ended.status).toBe(200);
      expect(ended.body.data).toMatchObject({ active: false });
      expectError(await owner.delete(path), 409, { field: 'grant' });
      expect((await owner.get(`/members/${member}`)).body.data.status).toBe('expired');
      expect((await owner.delete(`/members/${member}/grants/nothing`)).status).toBe(404);
      expect((await owner.delete(`/members/nothing/grants/nothing`)).status).toBe(404);
    });

    it.each([
      [() => ({}), 'tier'],
      [() => ({ tier: 'nothing' }), 'tier'],
      [() => ({ tier: 5 }), 'tier'],
      [() => ({ tier: gold, endsAt: 'soon' }), 'endsAt'],
      [() => ({ tier: gold, endsAt: 1_800_000_000_000 }), 'endsAt'],
      [() => ({ tier: gold, endsAt: new Date(START).toISOString() }), 'endsAt'],
    ])('refuse a wrong grant (%#)', async (make, field) => {
      const member = await shop.rows('member').findOne({ where: { name: 'Grace' } });
      await shop.settle();
      const before = await shop.counts();
      expectError(await give(member?.documentId ?? '', make()), 400, { field });
      expect(await shop.counts()).toEqual(before);
    });

    it('are not given what is archived, nor when there is no such member', async () => {
      const old = await addTier({ name: 'Member Old' });
      await owner.post(`/tiers/${old}/archive`);
      const member = await shop.rows('member').findOne({ where: { name: 'Grace' } });
      expectError(await give(member?.documentId ?? '', { tier: old }), 400, {
        code: 'tier-archived',
        field: 'tier',
      });
      expect((await give('nothing', { tier: gold })).status).toBe(404);
    });

    it('keep what a subscription gives: that is ended at Stripe', async () => {
      const price = await shop.price(gold);
      const reader = await shop.register('subscriber');
      await shop.buy(reader, price);
      const me = await shop.me(reader);
      const grant = me.grants.find(({ source }) => source === 'subscription');
      const path = `/members/${me.member.documentId}/grants/${grant?.documentId}`;
      expectError(await owner.delete(path), 409, { field: 'grant' });
      const detail = (await owner.get(`/members/${me.member.documentId}`)).body.data;
      expect(detail).toMatchObject({
        status: 'paying',
        user: { documentId: reader.documentId, username: 'subscriber' },
        customers: [{ stripeId: expect.stringMatching(/^cus_/), livemode: false, current: true }],
        subscriptions: [{ status: 'active' }],
        payments: [{ status: 'paid', amountPaid: 900, exponent: 2, attemptCount: 1 }],
      });
    });

    it('are found by each status, which the list and the filter agree on', async () => {
      const trialPrice = await shop.price(gold, { amount: 1100, trialDays: 30 });
      const trier = await shop.register('trier');
      await shop.buy(trier, trialPrice);
      const debtor = await shop.register('debtor');
      await shop.buy(debtor, trialPrice);
      const late = (await shop.me(debtor)).subscriptions[0]?.stripeId;
      await shop
        .rows('subscription')
        .update({ where: { stripeId: late }, data: { status: 'past_due' } });
      const barred = await add('Barred');
      await give(barred, { tier: gold });
      await shop.rows('member').update({
        where: { documentId: barred },
        data: { suspendedAt: new Date(START).toISOString() },
      });
      const friend = await add('Friend');
      await give(friend, { tier: gold });
      const visitor = await add('Visitor');
      await give(visitor, { tier: free });

      const expected: Record<string, string> = {
        suspended: 'Barred',
        past_due: 'debtor',
        trialing: 'trier',
        paying: 'subscriber',
        complimentary: 'Friend',
        free: 'Visitor',
        expired: 'Grace',
        none: 'Ada',
      };
      const all = await owner.get('/members?pageSize=100');
      for (const [status, name] of Object.entries(expected)) {
        const answer = await owner.get(`/members?status=${status}&pageSize=100`);
        expect([status, names(answer)]).toEqual([status, expect.arrayContaining([name])]);
        expect(new Set(rowsOf(answer).map((row) => row.status))).toEqual(new Set([status]));
        const same = rowsOf(all).filter((row) => row.status === status);
        expect(answer.body.meta.pagination.total).toBe(same.length);
      }
    });

    it('are paged, the same on every page', async () => {
      const all = names(await owner.get('/members?pageSize=100&sort=name:asc'));
      const seen: (string | undefined)[] = [];
      for (let page = 1; page <= Math.ceil(all.length / 5); page += 1) {
        const answer = await owner.get(`/members?pageSize=5&page=${page}&sort=name:asc`);
        expect(answer.body.meta.pagination).toEqual({
          page,
          pageSize: 5,
          pageCount: Math.ceil(all.length / 5),
          total: all.length,
        });
        seen.push(...names(answer));
      }
      expect(seen).toEqual(all);
      const beyond = await owner.get('/members?page=999');
      expect(beyond.body.data).toEqual([]);
      for (const sort of ['joinedAt', 'email', 'name']) {
        const [up, down] = [
          names(await owner.get(`/members?pageSize=100&sort=${sort}:asc`)),
          names(await owner.get(`/members?pageSize=100&sort=${sort}:desc`)),
        ];
        expect(up.toReversed()).toEqual(down);
      }
    });

    it.each([
      ['page=0', 'page'],
      ['page=x', 'page'],
      ['page=1.5', 'page'],
      ['pageSize=101', 'pageSize'],
      ['pageSize=0', 'pageSize'],
      ['status=rich', 'status'],
      ['sort=id:asc', 'sort'],
      ['sort=name:up', 'sort'],
      ['sort=name;drop', 'sort'],
      [`_q=${'x'.repeat(201)}`, '_q'],
    ])('refuse ?%s', async (query, field) => {
      expectError(await owner.get(`/members?${query}`), 400, { field });
    });

    it('are found by a part of a name, an e-mail or a user name, whatever its case', async () => {
      await add('Élodie Percent', '100%_sure@member.example');
      await add('Élodie Plain', '100xxsure@member.example');
      const search = async (q: string) =>
        names(await owner.get(`/members?_q=${encodeURIComponent(q)}&sort=name`));
      expect(await search('gRaCe')).toEqual(['Grace']);
      expect(await search('ada@MEMBER')).toEqual(['Ada']);
      expect(await search('subscriber')).toEqual(['subscriber']);
      // What LIKE would read as a wildcard is a character here.
      expect(await search('100%_sure')).toEqual(['Élodie Percent']);
      expect(await search('%')).toEqual(['Élodie Percent']);
      expect(await search('_')).toEqual(['Élodie Percent']);
      expect(await search('!')).toEqual([]);
      expect(await search("'; drop table users; --")).toEqual([]);
      expect(await search('Élodie')).toEqual(['Élodie Percent', 'Élodie Plain']);
    });

    it('are found by the tier they hold now', async () => {
      const holding = names(await owner.get(`/members?tier=${gold}&pageSize=100`));
      expect(holding).toEqual(expect.arrayContaining(['Friend', 'subscriber', 'trier']));
      expect(holding).not.toContain('Grace');
      expect((await owner.get('/members?tier=nothing')).body.data).toEqual([]);
      const tier = (await owner.get('/tiers')).body.data.find(
        ({ documentId }: { documentId: string }) => documentId === gold
      );
      expect(tier.members).toBe(holding.length);
    });

    it('are not there when they are not', async () => {
      expectError(await owner.get('/members/nothing'), 404, { field: 'documentId' });
    });
  });

  describe('churn', () => {
    it('adds up', async () => {
      const { status, body } = await owner.get('/churn?from=2025-12&to=2026-01');
      expect(status).toBe(200);
      const [, january] = body.data.months;
      expect(january).toMatchObject({ month: '2026-01', start: 0, left: 0, churnRate: null });
      expect(january.joined).toBeGreaterThan(0);
      expect(january.end).toBe(january.start + january.joined - january.left);
    });

    it('tells of the last twelve months when not asked for others', async () => {
      const { body } = await owner.get('/churn');
      expect(body.data.months).toHaveLength(12);
      expect(body.data.months.at(-1).month).toBe('2026-01');
      expect(body.data.months[0].month).toBe('2025-02');
    });

    it.each([
      ['from=2026-13', 'from'],
      ['from=2026', 'from'],
      ['to=january', 'to'],
      ['from=2026-02&to=2026-01', 'from'],
      ['from=2010-01&to=2026-01', 'from'],
      ['from[]=2026-01', 'from'],
    ])('refuses ?%s', async (query, field) => {
      expectError(await owner.get(`/churn?${query}`), 400, { field });
    });
  });
});
