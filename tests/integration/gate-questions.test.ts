import { CANARY, bootGateSite, type GateSite, type ViewerName, said } from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
  const users = 'plugin::users-permissions.user.find';
  for (const type of ['public', 'authenticated']) {
    const role: { id: number } = await site.strapi.db
      .query('plugin::users-permissions.role')
      .findOne({ where: { type } });
    await site.strapi.db
      .query('plugin::users-permissions.permission')
      .create({ data: { action: users, role: role.id } });
  }
});
afterAll(() => site.stop());

/** Each answers yes or no about the body, or about something else that is protected. */
const QUESTIONS: [string, string][] = [
  ['/api/articles?filters[body][$contains]=CANARY', 'body'],
  ['/api/articles?filters[body][$null]=true', 'body'],
  ['/api/articles?filters[$or][0][title]=x&filters[$or][1][$not][body][$contains]=C', 'body'],
  ['/api/articles?filters[$and][0][body][$in][0]=x', 'body'],
  ['/api/articles?filters[seo][metaTitle][$contains]=CANARY', 'seo'],
  ['/api/articles?filters[related][title]=Public', 'related'],
  ['/api/articles?filters[author][articles][body][$contains]=CANARY', 'body'],
  ['/api/articles?filters[localizations][body][$contains]=CANARY', 'body'],
  ['/api/articles?sort=body', 'body'],
  ['/api/articles?sort=title,body:desc', 'body'],
  ['/api/articles?sort[0]=title&sort[1]=body:asc', 'body'],
  ['/api/articles?sort[body]=asc', 'body'],
  ['/api/articles?sort[0][author][articles][body]=asc', 'body'],
  ['/api/articles?sort=related.title', 'related'],
  ['/api/articles?sort=seo.metaTitle', 'seo'],
  ['/api/authors?filters[articles][body][$startsWith]=C', 'body'],
  ['/api/authors?sort=articles.body', 'body'],
  ['/api/authors?populate[articles][filters][body][$contains]=CANARY', 'body'],
  ['/api/authors?populate[articles][sort]=body', 'body'],
  ['/api/authors?populate[articles][sort][0]=body:desc', 'body'],
  ['/api/authors?populate[notes][populate][author][populate][articles][filters][body]=x', 'body'],
  ['/api/articles?populate[author][populate][articles][filters][seo][metaTitle]=x', 'seo'],
  ['/api/articles?populate[related][filters][body]=x', 'body'],
  ['/api/home?populate[featured][filters][body][$contains]=CANARY', 'body'],
  ['/api/notes?filters[author][articles][body][$contains]=CANARY', 'body'],
  ['/api/users?filters[savedArticles][body][$contains]=CANARY', 'body'],
  ['/api/users?populate[savedArticles][sort]=body', 'body'],
  ['/api/upload/files?populate[related][on][api::article.article][filters][body]=x', 'body'],
  ['/api/articles?status=draft', 'status'],
  ['/api/articles?status=DRAFT', 'status'],
  // Strapi lists drafts for each of these.
  ['/api/articles?status', 'status'],
  ['/api/articles?status=', 'status'],
  ['/api/articles?status[]=published', 'status'],
  ['/api/articles?status=published&status=published', 'status'],
  ['/api/notes?populate=author.articles&status=', 'status'],
  ['/api/authors?populate=articles&status=draft', 'status'],
  ['/api/notes?populate[author][populate]=*&status=draft', 'status'],
  ['/api/articles?publicationFilter=modified', 'publicationFilter'],
  ['/api/letters?filters[body][$contains]=CANARY', 'body'],
  ['/api/letters?filters[articles][title]=x', 'articles'],
];

describe.each(['visitor', 'gold'] as ViewerName[])('as %s', (viewer) => {
  test.each(QUESTIONS)('%s is refused, naming %s', async (question, key) => {
    const { status, body, text } = await site.get(question, viewer);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ name: 'ValidationError', details: { key } });
    expect(text).not.toContain(CANARY);
  });
});

test.each(QUESTIONS)('staff may ask %s', async (question) => {
  const { status } = await site.get(question, 'fullToken');
  // Strapi itself refuses an unknown value of `publicationFilter`; the gate did not.
  expect([200, 400]).toContain(status);
  const { body } = await site.get(question, 'fullToken');
  expect(body.error?.details?.key).toBeUndefined();
});

test.each([
  '/api/articles?filters[title][$contains]=Gold',
  '/api/articles?filters[excerpt][$containsi]=gold',
  '/api/articles?filters[author][name]=Ada&filters[title]=Gold',
  '/api/articles?filters[slug]=gold&sort=readingMinutes:desc',
  '/api/articles?_q=gold',
])('what everybody sees stays answerable: %s', async (question) => {
  const { status, body } = await site.get(question);
  expect(status).toBe(200);
  expect(Object.values(body.data ?? {}).map((entry) => entry.title)).toContain('Gold');
});

describe('_q', () => {
  const titles = async (question: string, viewer?: ViewerName) => {
    const { body } = await site.get(question, viewer);
    return {
      titles: Object.values(body.data ?? {}).map((entry) => said(entry.title)),
      total: body.meta?.pagination?.total,
    };
  };

  test('searches what everybody sees, and counts no more than that', async () => {
    expect(await titles('/api/articles?_q=CANARY', 'gold')).toEqual({ titles: [], total: 0 });
    expect(await titles('/api/articles?_q=CANARY&filters[title]=Gold')).toEqual({
      titles: [],
      total: 0,
    });
    expect((await titles('/api/articles?_q=excerpt%20of%20gold')).titles).toEqual(['Gold']);
  });

  test('searches everything for who may read everything', async () => {
    expect((await titles('/api/articles?_q=CANARY', 'fullToken')).titles).toHaveLength(6);
  });
});

test('a search does not choose what is deleted by what its caller may not read', async () => {
  const role: { id: number } = await site.strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } });
  await site.strapi.db
    .query('plugin::users-permissions.permission')
    .create({ data: { action: 'api::article.article.delete', role: role.id } });
  const path = `/api/articles/${site.articles.gold}`;
  await site.http
    .delete(`${path}?_q=${CANARY}`)
    .set({ authorization: `Bearer ${site.viewers.silver.token}` });
  expect((await site.get(path)).status).toBe(200);
});

test('a refused question is kept out of caches too', async () => {
  const { headers } = await site.get(`/api/articles?filters[body]=x`);
  expect(headers['cache-control']).toBe('private, no-store');
});

test('an empty list of a gated type is somebody’s', async () => {
  const { headers, body } = await site.get('/api/articles?filters[title]=nothing');
  expect(body.data).toEqual([]);
  expect(headers['cache-control']).toBe('private, no-store');
});
