import { ARTICLE, bootGateSite, type GateSite, type ViewerName } from './gate-support';

/**
 * What the gate asks of the database, by the page's size and depth: at most one statement for the
 * rules and one for the grants, none where nothing gated is touched.
 */

let site: GateSite;

interface Created {
  id: number;
}

const AUTHORS = 5;
const ARTICLES = 100;

beforeAll(async () => {
  site = await bootGateSite();
  const { strapi } = site;
  const create = (uid: string, data: object): Promise<Created> =>
    strapi.db.query(uid).create({ data });
  const now = new Date(site.clock.now).toISOString();

  for (const type of ['public', 'authenticated']) {
    const role: Created = await strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type } });
    await create('plugin::users-permissions.permission', {
      action: 'plugin::users-permissions.user.find',
      role: role.id,
    });
  }

  const authors: number[] = [];
  for (let at = 0; at < AUTHORS; at += 1) {
    const { id } = await create('api::author.author', {
      name: `Author ${at}`,
      slug: `author-${at}`,
    });
    authors.push(id);
  }
  const written: number[] = [];
  for (let at = 0; at < ARTICLES; at += 1) {
    const { id } = await create(ARTICLE, {
      documentId: `cost${at}`,
      title: `Cost ${at}`,
      locale: 'en',
      publishedAt: now,
      author: authors[at % AUTHORS],
      related: written.slice(-2),
    });
    written.push(id);
    await site.rule(`cost${at}`, { visibility: at % 2 === 0 ? 'paid' : 'members' });
  }
  await strapi.db.query('plugin::users-permissions.user').update({
    where: { id: site.users.gold },
    data: { savedArticles: written.slice(0, 20) },
  });
  await strapi.db.query('plugin::users-permissions.user').update({
    where: { id: site.users.silver },
    data: { savedArticles: written.slice(20, 40) },
  });
});
afterAll(() => site.stop());

/** Statements on the rules and on the grants, and all of them, while one request is answered. */
const cost = async (ask: () => Promise<{ status: number; text: string }>) => {
  const seen: string[] = [];
  const listen = ({ sql }: { sql: string }) => seen.push(sql);
  site.strapi.db.connection.on('query', listen);
  const answer = await ask();
  site.strapi.db.connection.removeListener('query', listen);
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain('"errors"');
  const on = (table: string) => seen.filter((sql) => sql.includes(table)).length;
  return {
    rules: on('memberships_rules'),
    grants: on('memberships_grants'),
    // The heartbeat may look at mails and leases meanwhile.
    ours: seen.filter((sql) => /memberships_(rules|grants|members|tiers)/.test(sql)).length,
    entries: answer.text.split('"membershipAccess"').length - 1,
  };
};

const get = (path: string, viewer?: ViewerName) => cost(() => site.get(path, viewer));
const graphql = (query: string, viewer?: ViewerName) => cost(() => site.graphql(query, viewer));

describe('a list', () => {
  test.each([1, 25, 100])('of %i', async (size) => {
    const list = `/api/articles?pagination[pageSize]=${size}&sort=title`;
    expect(await get(list, 'gold')).toEqual({ rules: 1, grants: 1, ours: 2, entries: size });
    expect(await get(list)).toEqual({ rules: 1, grants: 0, ours: 1, entries: size });
    expect(await get(list, 'fullToken')).toEqual({ rules: 1, grants: 0, ours: 1, entries: size });
    expect(await get(list, 'staff')).toEqual({ rules: 1, grants: 1, ours: 2, entries: size });
  });

  test('of nothing asks nothing', async () => {
    const none = '/api/articles?filters[title]=none';
    expect(await get(none, 'gold')).toEqual({ rules: 0, grants: 0, ours: 0, entries: 0 });
  });
});

test('one entry', async () => {
  expect(await get('/api/articles/cost3', 'gold')).toMatchObject({ rules: 1, grants: 1, ours: 2 });
  expect(await get('/api/articles/cost3')).toMatchObject({ rules: 1, grants: 0, ours: 1 });
});

describe('entries below entries', () => {
  test.each([
    '/api/authors?populate[articles][populate]=*',
    '/api/authors?populate[articles][populate][related][populate][author][populate]=articles',
    '/api/articles?populate=*&pagination[pageSize]=100',
    '/api/home?populate[featured][populate]=*',
    '/api/users?populate[savedArticles][populate]=*',
  ])('%s', async (path) => {
    const { rules, grants, ours, entries } = await get(path, 'gold');
    expect(entries).toBeGreaterThan(0);
    expect({ rules, grants, ours }).toEqual({ rules: 1, grants: 1, ours: 2 });
  });
});

describe('graphql', () => {
  test.each([1, 25, 100])('a list of %i', async (size) => {
    const list = `{ articles(pagination: { limit: ${size} }, sort: "title") { title body membershipAccess { granted } } }`;
    expect(await graphql(list, 'gold')).toEqual({ rules: 1, grants: 1, ours: 2, entries: size });
  });

  test('entries of several parents', async () => {
    const query = '{ authors { name articles { title body membershipAccess { granted } } } }';
    const { rules, grants, entries } = await graphql(query, 'gold');
    expect(entries).toBeGreaterThanOrEqual(ARTICLES);
    expect({ rules, grants }).toEqual({ rules: 1, grants: 1 });
  });

  test('lists below lists: a statement for each depth', async () => {
    const query = `{ authors { articles(pagination: { limit: 5 }) {
      title membershipAccess { granted } related { title body membershipAccess { granted } }
    } } }`;
    const { rules, grants, entries } = await graphql(query, 'gold');
    expect(entries).toBeGreaterThan(5 * AUTHORS);
    expect(rules).toBeLessThanOrEqual(2);
    expect(grants).toBe(1);
  });

  test('open fields alone ask nothing', async () => {
    const open = '{ articles { documentId title excerpt } }';
    expect(await graphql(open, 'gold')).toMatchObject({ rules: 0, grants: 0, ours: 0 });
  });
});

test('what is not gated asks nothing', async () => {
  for (const path of ['/api/categories', '/api/authors', '/api/users', '/api/notes']) {
    expect(await get(path, 'gold')).toEqual({ rules: 0, grants: 0, ours: 0, entries: 0 });
  }
  expect(await graphql('{ authors { name } }', 'gold')).toMatchObject({ ours: 0 });
});
