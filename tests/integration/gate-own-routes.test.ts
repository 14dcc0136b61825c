import type { Context } from 'koa';
import { ARTICLE, CANARY, LETTER, bootGateSite, said, type GateSite } from './gate-support';

/** Routes a site adds by hand, past Strapi's routers of the content API: they have no type. */

let site: GateSite;

const add = (owner: object, name: string, ...given: unknown[]): void => {
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== 'function') throw new Error(`no ${name} to add routes with`);
  Reflect.apply(method, owner, given);
};

beforeAll(async () => {
  site = await bootGateSite();
  const { strapi } = site;
  const { server } = strapi;
  const model = strapi.getModel(ARTICLE);
  const find = async (ctx: Context) => {
    await strapi.contentAPI.validate.query(ctx.query, model, {});
    const entries: unknown = await strapi.db
      .query(ARTICLE)
      .findMany({ where: { publishedAt: { $notNull: true } } });
    ctx.body = { data: await strapi.contentAPI.sanitize.output(entries, model, {}) };
  };
  const own = { method: 'GET', handler: find, config: { auth: false } };
  add(server, 'routes', [{ ...own, path: '/own/plain' }]);
  add(server, 'routes', [{ ...own, path: '/own/typed', info: { type: 'own' } }]);
  add(server.router, 'get', '/own/koa', find);

  const access = strapi.plugin('memberships').service('access');
  add(server.router, 'get', '/own/can', async (ctx: Context) => {
    ctx.body = { data: await access.can(ctx, ARTICLE, site.articles.gold) };
  });
  add(server.router, 'get', '/own/filter', async (ctx: Context) => {
    ctx.body = { data: await access.filter(ctx, LETTER, [{ documentId: site.letter }]) };
  });
  add(server.router, 'get', '/own/standing', async (ctx: Context) => {
    ctx.body = { data: await access.standing(ctx) };
  });
});
afterAll(() => site.stop());

test.each(['/own/plain', '/own/typed', '/own/koa'])(
  '%s is gated as the content API is',
  async (path) => {
    const { body, headers } = await site.get(path);
    const gold = Object.values(body.data ?? {}).find((entry) => said(entry.title) === 'Gold');
    expect(gold?.membershipAccess).toMatchObject({ granted: false, reason: 'anonymous' });
    expect(JSON.stringify(gold)).not.toContain(CANARY);
    expect(headers['cache-control']).toBe('private, no-store');
    const asked = await site.get(`${path}?filters[body][$contains]=${CANARY}`);
    expect(asked.status).toBe(400);
  }
);

test.each(['/own/can', '/own/filter', '/own/standing'])(
  '%s depends on who asks, and is kept out of caches',
  async (path) => {
    const { headers, status } = await site.get(path);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('private, no-store');
  }
);
