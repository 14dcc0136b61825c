import {
  ARTICLE,
  CANARY,
  bootGateSite,
  documentsOf,
  type GateSite,
  type ViewerName,
} from './gate-support';

let site: GateSite;
const FILE = 'plugin::upload.file';

const allow = async (type: string, actions: string[]) => {
  const { db } = site.strapi;
  const role: { id: number } = await db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type } });
  for (const action of actions) {
    await db
      .query('plugin::users-permissions.permission')
      .create({ data: { action, role: role.id } });
  }
};

beforeAll(async () => {
  site = await bootGateSite();
  const { strapi, articles } = site;
  const file: { id: number } = await strapi.db.query(FILE).create({
    data: {
      name: 'cover.png',
      hash: 'cover',
      ext: '.png',
      mime: 'image/png',
      size: 1,
      url: '/uploads/cover.png',
      provider: 'local',
      folderPath: '/',
    },
  });
  for (const documentId of [articles.gold, articles.public]) {
    await documentsOf(strapi, ARTICLE).update({
      documentId,
      data: { cover: file.id },
      status: 'published',
    });
  }
  await allow('authenticated', [
    'api::article.article.create',
    'api::article.article.update',
    'api::article.article.delete',
  ]);
});
afterAll(() => site.stop());

const isEntryOf = (value: unknown): value is { documentId: string } =>
  typeof value === 'object' && value !== null && 'documentId' in value;

/** What an answer holds of the gold article, wherever in it; not of other entries within it. */
const ofGold = (answer: unknown): string[] => {
  const found: string[] = [];
  const { gold } = site.articles;
  JSON.stringify(answer, (_key, value: unknown) => {
    if (isEntryOf(value) && value.documentId === gold) {
      const own = JSON.stringify(value, (_inner, part: unknown) =>
        isEntryOf(part) && part.documentId !== gold && 'id' in part ? undefined : part
      );
      found.push(own);
    }
    return value;
  });
  return found;
};

const LOCKED: ViewerName[] = ['visitor', 'silver', 'expired', 'readOnlyToken'];

test.each([
  '/api/upload/files?populate=related',
  '/api/upload/files?populate=*',
  '/api/upload/files?populate[related][on][api::article.article][fields][0]=body',
  '/api/articles?populate[cover][populate]=*',
  '/api/articles?populate[0]=author.articles&populate[1]=cover',
  '/api/articles?fields[0]=body&fields[1]=story',
  '/api/articles?populate[localizations]=true&locale=en',
  '/api/articles?pagination[withCount]=false',
  '/api/authors?populate[articles][fields][0]=body',
])('%s', async (door) => {
  for (const viewer of LOCKED) {
    const { status, body } = await site.get(door, viewer);
    expect(status).toBe(200);
    const gold = ofGold(body);
    expect(gold.length).toBeGreaterThan(0);
    for (const entry of gold) {
      expect(entry).toContain('"granted":false');
      expect(entry).not.toContain(CANARY);
    }
  }
  const reader = ofGold((await site.get(door, 'gold')).body);
  expect(reader.join()).toContain('"granted":true');
});

test('the v4 response format', async () => {
  const { text } = await site.http
    .get(`/api/articles/${site.articles.gold}?populate=*`)
    .set({ 'strapi-response-format': 'v4' });
  expect(text).toContain('"membershipAccess":{"granted":false');
  expect(text).not.toContain(CANARY);
});

test('a draft that comes by a polymorphic relation shows not even its title', async () => {
  const { body } = await site.get('/api/upload/files?populate=related', 'gold');
  const drafts = ofGold(body).filter((entry) => entry.includes('"publishedAt":null'));
  expect(drafts.length).toBeGreaterThan(0);
  for (const draft of drafts) {
    expect(draft).not.toContain('Free markdown');
    expect(draft).toContain('"preview":false');
    expect(draft).not.toMatch(/"(title|excerpt|readingMinutes|cover|author)"/);
  }
  const staff = ofGold((await site.get('/api/upload/files?populate=related', 'fullToken')).body);
  expect(staff.filter((entry) => entry.includes('"publishedAt":null')).join()).toContain('"title"');
});

test('a draft that a user saved shows nothing of itself', async () => {
  const { strapi } = site;
  const { documentId } = await documentsOf(strapi, ARTICLE).create({
    data: { title: 'Unannounced', excerpt: 'Unannounced', body: 'Unannounced' },
  });
  const draft: { id: number } = await strapi.db.query(ARTICLE).findOne({ where: { documentId } });
  await strapi.db
    .query('plugin::users-permissions.user')
    .update({ where: { id: site.users.gold }, data: { savedArticles: [draft.id] } });
  await allow('authenticated', ['plugin::users-permissions.user.find']);

  const rest = await site.get('/api/users?populate=savedArticles', 'gold');
  expect(rest.text).toContain(documentId);
  expect(rest.text).not.toContain('Unannounced');
  const query = '{ usersPermissionsUsers { savedArticles { title excerpt body } } }';
  expect((await site.graphql(query, 'gold')).text).not.toContain('Unannounced');
  const staff = await site.get('/api/users?populate=savedArticles', 'fullToken');
  expect(staff.text).toContain('Unannounced');
});

describe('who may write but not read', () => {
  const auth = () => ({ authorization: `Bearer ${site.viewers.silver.token}` });
  const path = () => `/api/articles/${site.articles.gold}?populate=*`;

  test('reads nothing in the answer to an update', async () => {
    const { status, text } = await site.http
      .put(path())
      .set(auth())
      .send({ data: { excerpt: 'Touched' } });
    expect(status).toBe(200);
    expect(text).toContain('Touched');
    expect(text).not.toContain(CANARY);
  });

  test('nor of a protected relation that points to it', async () => {
    const { text, status } = await site.http
      .post('/api/articles?populate[related][populate]=*')
      .set(auth())
      .send({ data: { title: 'Mine', slug: 'mine', related: [site.articles.gold] } });
    expect(status).toBe(201);
    expect(text).toContain('"granted":false');
    expect(text).not.toContain(CANARY);
  });

  test('nor drafts of it', async () => {
    const { status } = await site.http
      .put(`${path()}&status=draft`)
      .set(auth())
      .send({ data: { excerpt: 'Draft' } });
    expect(status).toBe(400);
  });
});

test('a gate that cannot decide stays closed, and says so', async () => {
  const { strapi } = site;
  await strapi.db.connection.schema.renameTable('memberships_grants', 'memberships_grants_away');
  try {
    const { status, body, text } = await site.get(`/api/articles/${site.articles.gold}`, 'gold');
    expect(status).toBe(200);
    expect(text).not.toContain(CANARY);
    expect(body.data?.membershipAccess).toMatchObject({ granted: false, reason: 'error' });
  } finally {
    await strapi.db.connection.schema.renameTable('memberships_grants_away', 'memberships_grants');
  }
  expect((await site.get(`/api/articles/${site.articles.gold}`, 'gold')).text).toContain(CANARY);
});

test('the admin and the site’s own code see everything', async () => {
  const cm = await site.admin('get', `/content-manager/collection-types/${ARTICLE}`);
  expect(cm.text).toContain(CANARY);
  const entry: unknown = await site.strapi.db
    .query(ARTICLE)
    .findOne({ where: { documentId: site.articles.gold } });
  expect(JSON.stringify(entry)).toContain(CANARY);
});
