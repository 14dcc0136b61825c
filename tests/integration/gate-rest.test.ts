import {
  ARTICLE,
  CANARY,
  bootGateSite,
  countQueries,
  type GateSite,
  type ViewerName,
  said,
} from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
});
afterAll(() => site.stop());

const one = (name: keyof GateSite['articles']) => `/api/articles/${site.articles[name]}?populate=*`;

const READERS: Record<string, ViewerName[]> = {
  public: [
    'visitor',
    'signedIn',
    'free',
    'silver',
    'gold',
    'expired',
    'suspended',
    'readOnlyToken',
  ],
  members: ['signedIn', 'free', 'silver', 'gold', 'expired'],
  paid: ['silver', 'gold'],
  silver: ['silver', 'gold'],
  gold: ['gold'],
  free: ['free'],
};
const ALWAYS: ViewerName[] = ['staff', 'fullToken', 'readAllToken'];
const ALL: ViewerName[] = [
  'visitor',
  'signedIn',
  'free',
  'silver',
  'gold',
  'expired',
  'suspended',
  'staff',
  'readOnlyToken',
  'fullToken',
  'customToken',
  'readAllToken',
];

const RULES = ['public', 'members', 'paid', 'silver', 'gold', 'free'] as const;

describe.each(RULES)('an article for %s', (name) => {
  test.each(ALL)('as %s', async (viewer) => {
    const { status, body, text } = await site.get(one(name), viewer);
    expect(status).toBe(200);
    const may =
      name === 'public' || ALWAYS.includes(viewer) || READERS[name]?.includes(viewer) || false;
    expect(body.data?.membershipAccess?.granted).toBe(may);
    expect(text.includes(CANARY)).toBe(may);
    expect(body.data?.title).toBeTruthy();
    expect(body.data?.excerpt).toBeTruthy();
  });
});

describe('what a locked entry answers', () => {
  test('open keys, the free parts, and why', async () => {
    const { body } = await site.get(one('gold'));
    expect(Object.keys(body.data ?? {}).sort()).toEqual(
      [
        'author',
        'body',
        'category',
        'cover',
        'createdAt',
        'documentId',
        'excerpt',
        'id',
        'locale',
        'localizations',
        'membershipAccess',
        'publishedAt',
        'readingMinutes',
        'slug',
        'story',
        'title',
        'updatedAt',
      ].sort()
    );
    expect(body.data?.body).toBe('Free markdown');
    expect(body.data?.story).toHaveLength(1);
    expect(body.data?.membershipAccess).toEqual({
      granted: false,
      reason: 'anonymous',
      visibility: 'tiers',
      tiers: [{ documentId: site.tiers.gold, name: 'Gold', slug: 'gold' }],
      opensAt: null,
      preview: true,
    });
  });

  test.each([
    ['signedIn', 'no-tier'],
    ['silver', 'no-tier'],
    ['expired', 'expired'],
    ['suspended', 'suspended'],
    ['readOnlyToken', 'anonymous'],
    ['gold', 'tier'],
    ['staff', 'staff'],
    ['fullToken', 'token'],
  ] as const)('tells %s: %s', async (viewer, reason) => {
    const { body } = await site.get(one('gold'), viewer);
    expect(body.data?.membershipAccess?.reason).toBe(reason);
  });

  test('who may read gets the text without the marker; who may write it, with it', async () => {
    const reader = await site.get(one('gold'), 'gold');
    expect(reader.text).not.toContain('members-only');
    expect(reader.body.data?.story).toHaveLength(2);
    const staff = await site.get(one('gold'), 'staff');
    expect(staff.text).toContain('members-only');
  });

  test('asking for one protected field does not get round the rule', async () => {
    const { body, text } = await site.get(`/api/articles/${site.articles.gold}?fields[0]=body`);
    expect(text).not.toContain(CANARY);
    expect(body.data?.membershipAccess?.granted).toBe(false);
  });
});

describe('every way to an entry', () => {
  const doors = () => [
    '/api/articles?populate=*',
    '/api/articles?populate[localizations][populate]=*',
    '/api/articles?populate[author][populate][articles][populate]=*',
    '/api/authors?populate=*',
    '/api/authors?populate[articles][populate]=*',
    `/api/authors/${site.author}?populate[articles][populate][sections][populate]=*`,
    '/api/home?populate=*',
    '/api/home?populate[featured][fields][0]=body',
    '/api/home?populate[featured][populate]=*',
    '/api/letters?populate=*',
  ];

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('door %i', async (index) => {
    const door = doors()[index] ?? '';
    const { status, body, text } = await site.get(door);
    expect(status).toBe(200);
    expect(text).toContain('membershipAccess');
    // The public article is whole wherever it is; a canary anywhere else has leaked.
    expect(outsidePublic(body)).not.toContain(CANARY);
    expect(outsidePublic((await site.get(door, 'fullToken')).body)).toContain(CANARY);
  });

  const outsidePublic = (answer: unknown): string =>
    JSON.stringify(answer, (_key, value: unknown) =>
      typeof value === 'object' &&
      value !== null &&
      'documentId' in value &&
      value.documentId === site.articles.public
        ? undefined
        : value
    );

  test('a visitor finds canaries in the public article alone', async () => {
    const { body } = await site.get('/api/authors?populate[articles][populate]=*');
    const [author] = Object.values(body.data ?? {});
    for (const entry of Object.values(author?.articles ?? {})) {
      const open = said(entry.documentId) === site.articles.public;
      expect(JSON.stringify(entry).includes(CANARY)).toBe(open);
      expect(entry.membershipAccess?.granted).toBe(open);
    }
  });

  test('a saved article in /api/users', async () => {
    const { strapi } = site;
    const user: { id: number } = await strapi.db
      .query('plugin::users-permissions.user')
      .findOne({ where: { username: 'free' } });
    const gold: { id: number } = await strapi.db
      .query(ARTICLE)
      .findOne({ where: { documentId: site.articles.gold, publishedAt: { $notNull: true } } });
    await strapi.db
      .query('plugin::users-permissions.user')
      .update({ where: { id: user.id }, data: { savedArticles: [gold.id] } });
    await strapi.db.query('plugin::users-permissions.permission').create({
      data: {
        action: 'plugin::users-permissions.user.find',
        role: (
          await strapi.db
            .query('plugin::users-permissions.role')
            .findOne({ where: { type: 'authenticated' } })
        ).id,
      },
    });
    const free = await site.get('/api/users?populate[savedArticles][populate]=*', 'free');
    expect(free.text).toContain('membershipAccess');
    expect(free.text).not.toContain(CANARY);
    const paid = await site.get('/api/users?populate[savedArticles][populate]=*', 'gold');
    expect(paid.text).toContain(CANARY);
  });
});

describe('caches and cost', () => {
  test('an answer that touched a gated type is nobody else’s', async () => {
    const gated = await site.get('/api/authors?populate=articles');
    expect(gated.headers['cache-control']).toBe('private, no-store');
    expect(gated.headers.vary).toMatch(/Authorization/);
    expect(gated.headers.vary).toMatch(/Cookie/);
    const open = await site.get('/api/notes');
    expect(open.headers['cache-control']).not.toBe('private, no-store');
  });

  test('one query for the rules, one for the grants, none where nothing is gated', async () => {
    const list = '/api/authors?populate[articles][populate]=*';
    const { strapi } = site;
    expect(await countQueries(strapi, () => site.get(list, 'gold'))).toHaveLength(2);
    expect(await countQueries(strapi, () => site.get('/api/articles', 'gold'))).toHaveLength(2);
    expect(await countQueries(strapi, () => site.get('/api/articles'))).toHaveLength(1);
    expect(await countQueries(strapi, () => site.get('/api/notes', 'gold'))).toHaveLength(0);
    const users = '/api/users?populate[savedArticles][populate]=*';
    expect(await countQueries(strapi, () => site.get(users, 'free'))).toHaveLength(2);
  });
});
