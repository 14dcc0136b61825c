import { ARTICLE, bootGateSite, said, type GateSite } from './gate-support';

/** Sites may have Strapi refuse every parameter that no route declares; ours is declared. */
let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
  site.strapi.config.set('api.rest.strictParams', true);
  site.strapi.config.set('api.documents.strictParams', true);
});
afterAll(() => site.stop());

const titles = async (path: string, viewer?: 'silver' | 'fullToken'): Promise<string[]> => {
  const { status, body } = await site.get(path, viewer);
  expect(status).toBe(200);
  return Object.values(body.data ?? {}).map((entry) => said(entry.title ?? entry.name));
};

test('a strict site refuses what nobody declared', async () => {
  expect((await site.get('/api/articles?nonsense=1')).status).toBe(400);
});

test.each([
  ['readable', ['Members', 'Paid', 'Public', 'Silver']],
  ['public', ['Public']],
])('?membership=%s works there', async (wanted, expected) => {
  const found = await titles(`/api/articles?membership=${wanted}&sort=title`, 'silver');
  expect(found).toEqual(expected);
});

test('search, filters, populate and single entries work there', async () => {
  expect(await titles('/api/articles?_q=gold')).toEqual(['Gold']);
  expect(await titles('/api/articles?_q=CANARY')).toEqual([]);
  expect(await titles('/api/articles?filters[title]=Gold&populate=*')).toEqual(['Gold']);
  const { body } = await site.get(`/api/articles/${site.articles.gold}?populate=*`);
  expect(body.data?.membershipAccess).toMatchObject({ granted: false });
  const graphql = await site.graphql('{ articles { title body } }', 'silver');
  expect(graphql.body.errors).toBeUndefined();
});

test('the parameter stays refused where no gated type is listed', async () => {
  expect((await site.get('/api/authors?membership=readable')).status).toBe(400);
  expect((await site.get(`/api/memberships/access/${ARTICLE}/${site.articles.gold}`)).status).toBe(
    200
  );
});
