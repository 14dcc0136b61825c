import { createHash } from 'node:crypto';
import { bootGateSite, ARTICLE, CANARY, type GateSite } from './gate-support';

/** What the hunt and the leak matrix found, each by itself. */

let site: GateSite;

beforeAll(async () => {
  site = await bootGateSite();
});

afterAll(() => site.stop());

describe('a controller of the site that sanitizes one parameter and validates nothing', () => {
  /** The site's own controller, as its routes have it. */
  const controller = (): Record<string, unknown> => site.strapi.controller(ARTICLE);

  type Sanitizer = 'filters' | 'sort' | 'populate';

  /** As Strapi's own documentation shows it, without `validateQuery`. */
  const sanitizeOnly = (name: Sanitizer) => {
    const { sanitize } = site.strapi.contentAPI;
    const model = site.strapi.contentType(ARTICLE);
    Reflect.set(controller(), 'validateQuery', () => Promise.resolve());
    Reflect.set(
      controller(),
      'sanitizeQuery',
      async ({ query }: { query: Record<string, unknown> }) => ({
        [name]: await Reflect.apply(sanitize[name], sanitize, [query[name], model]),
      })
    );
  };

  afterEach(() => {
    Reflect.deleteProperty(controller(), 'validateQuery');
    Reflect.deleteProperty(controller(), 'sanitizeQuery');
  });

  it.each([
    ['filters', `filters[body][$contains]=${CANARY}`, 'body'],
    ['sort', 'sort=body', 'body'],
    ['populate', `populate[related][filters][body][$contains]=${CANARY}`, 'body'],
  ] as const)('is refused a question in %s', async (name, query, key) => {
    sanitizeOnly(name);
    const { status, body } = await site.get(`/api/articles?${query}`);
    expect(status).toBe(400);
    expect(body.error?.details).toMatchObject({ key });
  });

  it('is answered about titles', async () => {
    sanitizeOnly('filters');
    const { status, body } = await site.get('/api/articles?filters[title]=Gold');
    expect(status).toBe(200);
    expect(body.data).toHaveLength(1);
  });
});

describe('a question below a protected attribute', () => {
  // Asked only where there is something to ask: that Strapi answers with an error tells there is.
  it.each([
    ['sections', 'populate[sections][on][shared.rich-text][filters][documentId][$ne]=x'],
    ['related', 'populate[related][populate][author][sort]=notes.title'],
    ['related', 'populate[related][populate][author][sort][0][notes][title]=asc'],
  ])('that Strapi cannot answer is refused, and %s is named', async (key, query) => {
    const { status, body } = await site.get(`/api/articles?${query}`);
    expect(status).toBe(400);
    expect(body.error?.details).toMatchObject({ key, param: 'populate' });
  });

  it.each([
    '/api/articles?populate[author][sort]=name&populate[related][fields]=title',
    '/api/articles?populate[related][sort]=title&populate[seo][filters][id][$gt]=0',
    '/api/articles?populate[related][populate][author][filters][name]=Ada',
    '/api/authors?populate[articles][sort]=title&populate[articles][filters][title]=Gold',
    '/api/articles?populate[related][populate]=author&filters[title]=Gold&sort=title',
  ])('is no question of %s', async (path) => {
    expect((await site.get(path)).status).toBe(200);
  });

  it('is answered to staff', async () => {
    const { status } = await site.get('/api/articles?populate[related][sort]=title', 'staff');
    expect(status).toBe(200);
  });
});

describe('the order of keys', () => {
  type Service = Record<string, unknown>;
  const service = (): Service => site.strapi.service(ARTICLE);
  afterEach(() => Reflect.deleteProperty(service(), 'find'));

  it('does not tell which of the populated entries were loaded sooner', async () => {
    const documentId = site.articles.gold;
    const author = { id: 1, documentId: site.author, name: 'Ada', articles: [{ documentId }] };
    const cover = { id: 1, name: 'Cover' };
    const answers: string[] = [];
    for (const loaded of [
      { cover, author },
      { author, cover },
    ]) {
      const entry = { documentId, title: 'Gold', ...loaded };
      Reflect.set(service(), 'find', () => Promise.resolve({ results: [entry], pagination: {} }));
      answers.push((await site.get('/api/articles?populate=*')).text);
    }
    expect(answers[0]).toContain('"cover"');
    expect(answers[0]).toContain('"author"');
    expect(answers[1]).toBe(answers[0]);
  });
});

describe('a site with ETags', () => {
  const tagOf = (body: unknown) =>
    `"${createHash('sha1').update(JSON.stringify(body)).digest('hex')}"`;

  /** What `koa-etag` and `koa-conditional-get` do. */
  const tagAnswers = () => {
    const { app } = site.strapi.server;
    app.middleware.unshift(async (ctx, next) => {
      await next();
      if (ctx.status !== 200) return;
      ctx.set('ETag', tagOf(ctx.body));
      if (ctx.fresh) ctx.status = 304;
    });
  };

  it('tags what was answered, and hands nobody what another was answered', async () => {
    tagAnswers();
    const path = `/api/articles/${site.articles.gold}`;
    const visitor = await site.get(path);
    const gold = await site.get(path, 'gold');
    expect(visitor.headers.etag).toBe(tagOf(visitor.body));
    expect(gold.headers.etag).toBe(tagOf(gold.body));
    expect(visitor.headers.etag).not.toBe(gold.headers.etag);

    const again = (tag: string) => site.http.get(path).set('If-None-Match', tag);
    // What a visitor has is still right; what a member has tells a visitor nothing.
    expect((await again(String(visitor.headers.etag))).status).toBe(304);
    const foreign = await again(String(gold.headers.etag));
    expect(foreign.status).toBe(200);
    expect(foreign.text).not.toContain(CANARY);
  });
});
