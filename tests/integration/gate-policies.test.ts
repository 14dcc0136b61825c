import type { Core } from '@strapi/strapi';
import { ARTICLE, bootGateSite, type GateSite, type ViewerName } from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
  const { strapi } = site;
  const vault = (path: string, policies: unknown[]) => ({
    method: 'GET',
    path: `/vault/${path}`,
    handler: (ctx: { body: unknown }) => {
      ctx.body = { data: 'inside' };
    },
    config: { policies, auth: { scope: ['api::article.article.find'] } },
  });
  addRoutes(strapi, [
    vault('members', ['plugin::memberships.members-only']),
    vault('gold', [{ name: 'plugin::memberships.has-tier', config: { tiers: ['gold'] } }]),
    vault('silver', [{ name: 'plugin::memberships.has-tier', config: { tiers: ['silver'] } }]),
    vault('nobody', [{ name: 'plugin::memberships.has-tier', config: { tiers: ['platinum'] } }]),
  ]);
});
afterAll(() => site.stop());

/** Routes of a site's own, as its `routes` folder would add them. */
const addRoutes = (strapi: Core.Strapi, routes: unknown[]): void => {
  const api = strapi.server.api('content-api');
  const add: unknown = Reflect.get(api, 'routes');
  if (typeof add !== 'function') throw new Error('no way to add routes');
  Reflect.apply(add, api, [routes]);
  api.mount(strapi.server.router);
};

const table: [string, ViewerName, number][] = [
  ['members', 'visitor', 401],
  ['members', 'readOnlyToken', 401],
  ['members', 'signedIn', 200],
  ['members', 'suspended', 403],
  ['members', 'staff', 200],
  ['gold', 'visitor', 401],
  ['gold', 'signedIn', 403],
  ['gold', 'silver', 403],
  ['gold', 'gold', 200],
  ['gold', 'expired', 403],
  ['gold', 'suspended', 403],
  ['gold', 'staff', 200],
  ['gold', 'fullToken', 200],
  ['gold', 'customToken', 401],
  ['gold', 'readAllToken', 200],
  ['silver', 'gold', 200],
  ['silver', 'silver', 200],
  ['nobody', 'gold', 403],
];

test.each(table)('/api/vault/%s as %s: %i', async (path, viewer, status) => {
  const { status: answered, body } = await site.get(`/api/vault/${path}`, viewer);
  expect(answered).toBe(status);
  expect(body.data).toBe(status === 200 ? 'inside' : null);
});

test('who lacks a tier is told which, and what they hold', async () => {
  const { body } = await site.get('/api/vault/gold', 'silver');
  expect(body.error).toMatchObject({
    name: 'PolicyError',
    details: { required: ['gold'], held: ['silver'] },
  });
});

describe('the service, for a site’s own code', () => {
  const service = () => site.strapi.plugin('memberships').service('access');

  test('can, filter and explain for a member', async () => {
    const { articles, members } = site;
    const silver = { documentId: members.silver };
    expect(await service().can(silver, ARTICLE, articles.silver)).toBe(true);
    expect(await service().can(silver, ARTICLE, articles.gold)).toBe(false);
    expect(await service().can({ documentId: 'nobody' }, ARTICLE, articles.members)).toBe(false);
    expect(await service().can(silver, 'api::author.author', site.author)).toBe(true);
    const entries = Object.values(articles).map((documentId) => ({ documentId }));
    const readable = await service().filter(silver, ARTICLE, entries);
    expect(readable).toEqual(
      [articles.public, articles.members, articles.paid, articles.silver].map((documentId) => ({
        documentId,
      }))
    );
    expect(await service().explain(silver, ARTICLE, articles.gold)).toMatchObject({
      granted: false,
      reason: 'no-tier',
    });
  });

  test('GET access/:uid/:documentId explains to the caller', async () => {
    const path = `/api/memberships/access/${ARTICLE}/${site.articles.gold}`;
    const visitor = await site.get(path);
    expect(visitor.body.data).toMatchObject({ granted: false, reason: 'anonymous' });
    expect(visitor.headers['cache-control']).toBe('private, no-store');
    expect(visitor.body.data?.openedBy).toMatchObject([{ slug: 'gold', prices: [] }]);
    const silver = await site.get(
      `/api/memberships/access/${ARTICLE}/${site.articles.silver}`,
      'free'
    );
    expect(silver.body.data?.openedBy).toMatchObject([{ slug: 'silver' }, { slug: 'gold' }]);
    expect((await site.get(path, 'gold')).body.data).toMatchObject({ granted: true });
    const open = await site.get(`/api/memberships/access/api::author.author/${site.author}`);
    expect(open.status).toBe(404);
    const none = await site.get(`/api/memberships/access/${ARTICLE}/nosuchdocument`, 'gold');
    expect(none.status).toBe(404);
    expect(none.body.error).toMatchObject({ details: { field: 'documentId' } });
  });
});
