import type { GateCheck, GateReport, TypeCheck } from '../../contracts';
import {
  ARTICLE,
  bootGateSite,
  documentsOf,
  LETTER,
  type Answer,
  type GateSite,
} from './gate-support';

let site: GateSite;

beforeAll(async () => {
  site = await bootGateSite();
});
afterAll(() => site.stop());

const dataOf = <T>({ status, body }: Answer): T => {
  expect(status).toBe(200);
  return JSON.parse(JSON.stringify(body.data));
};

const report = async (): Promise<GateReport> =>
  dataOf(await site.admin('get', '/memberships/gate'));
const check = async (): Promise<GateCheck> =>
  dataOf(await site.admin('post', '/memberships/gate/check'));
const ofType = ({ types }: GateCheck, uid: string): TypeCheck => {
  const found = types.find((type) => type.uid === uid);
  if (!found) throw new Error(`${uid} was not checked`);
  return found;
};
const outcomes = ({ doors }: TypeCheck) =>
  Object.fromEntries(doors.map(({ door, outcome }) => [door, outcome]));

describe('GET /memberships/gate', () => {
  it('says which types and fields are gated and how many entries have which rule', async () => {
    const { enabled, defaultVisibility, types, open } = await report();
    expect({ enabled, defaultVisibility }).toEqual({ enabled: true, defaultVisibility: 'public' });

    const article = types.find(({ uid }) => uid === ARTICLE);
    const letter = types.find(({ uid }) => uid === LETTER);
    expect(article).toMatchObject({
      uid: ARTICLE,
      displayName: 'Article',
      kind: 'collectionType',
      defaultVisibility: 'public',
      defaultFrom: 'nothing',
      entries: 6,
      rules: { public: 0, members: 1, paid: 1, tiers: 3 },
    });
    expect(letter).toMatchObject({
      uid: LETTER,
      defaultVisibility: 'members',
      defaultFrom: 'schema',
      entries: 1,
      rules: { public: 0, members: 0, paid: 0, tiers: 0 },
    });
    const fields = Object.fromEntries(
      (article?.fields ?? []).map(({ name, access, paywall }) => [
        name,
        paywall ? 'paywall' : access,
      ])
    );
    expect(fields).toEqual({
      title: 'always',
      slug: 'always',
      excerpt: 'teaser',
      cover: 'teaser',
      readingMinutes: 'teaser',
      author: 'teaser',
      category: 'teaser',
      body: 'paywall',
      story: 'paywall',
      seo: 'protected',
      sections: 'protected',
      related: 'protected',
      editorNote: 'private',
    });
    expect(open).toContainEqual({
      uid: 'api::author.author',
      displayName: 'Author',
      kind: 'collectionType',
      rules: 0,
    });
    expect(open.some(({ uid }) => uid === ARTICLE)).toBe(false);
  });

  it('gives the address of an entry that a visitor finds locked', async () => {
    const { types } = await report();
    const locked = types.flatMap(({ lockedUrl }) => lockedUrl ?? []);
    expect(locked).toHaveLength(2);
    for (const url of locked) {
      const { pathname, search } = new URL(url);
      const { body } = await site.get(`${pathname}${search}`);
      expect(body.data?.membershipAccess?.granted).toBe(false);
    }
  });

  it('names no entry that is a draft, or has opened', async () => {
    const documents = documentsOf(site.strapi, ARTICLE);
    const draft = await documents.create({ data: { title: 'A draft', body: 'x' } });
    await site.rule(draft.documentId, { visibility: 'paid' });
    const opened = await documents.create({
      data: { title: 'Opened', body: 'x' },
      status: 'published',
    });
    await site.rule(opened.documentId, {
      visibility: 'paid',
      opensAt: new Date(site.clock.now - 1000).toISOString(),
    });
    const article = (await report()).types.find(({ uid }) => uid === ARTICLE);
    expect(article?.entries).toBe(8);
    expect(article?.lockedUrl).not.toContain(draft.documentId);
    expect(article?.lockedUrl).not.toContain(opened.documentId);
  });

  it('takes its own permission', async () => {
    await site.http.get('/memberships/gate').expect(401);
    await site.http.post('/memberships/gate/check').expect(401);
  });
});

describe('POST /memberships/gate/check', () => {
  /** The site's own controller, as its routes have it. */
  const controller = (): Record<string, unknown> => site.strapi.controller(ARTICLE);
  afterEach(() => {
    Reflect.deleteProperty(controller(), 'sanitizeOutput');
  });

  it('finds every door clean where the gate is in the way', async () => {
    const result = await check();
    expect(ofType(result, ARTICLE).entries).toBe(5);
    expect(ofType(result, LETTER).entries).toBe(1);
    for (const type of result.types.filter(({ entries }) => entries > 0)) {
      expect(type.doors.flatMap(({ leaks, message }) => [...leaks, message ?? []].flat())).toEqual(
        []
      );
      expect(outcomes(type)).toEqual({ list: 'clean', single: 'clean', graphql: 'clean' });
    }
  });

  it('finds a controller that skips sanitizing, and says which key of which entry came out', async () => {
    Reflect.set(controller(), 'sanitizeOutput', (data: unknown) => data);
    const article = ofType(await check(), ARTICLE);
    expect(outcomes(article)).toEqual({ list: 'leaks', single: 'leaks', graphql: 'clean' });
    const list = article.doors.find(({ door }) => door === 'list');
    expect(list?.leaks).toEqual(
      expect.arrayContaining([
        { uid: ARTICLE, documentId: site.articles.gold, key: 'body' },
        { uid: ARTICLE, documentId: site.articles.gold, key: 'seo' },
      ])
    );
    expect(list?.leaks.some(({ documentId }) => documentId === site.articles.public)).toBe(false);
    expect(list?.request).toContain('GET /api/articles?populate=*');
  });

  it('finds a protected text under another name, and shortened', async () => {
    const secret = 'What the ferryman said when the fog came down over the harbour.';
    const { documentId } = await documentsOf(site.strapi, ARTICLE).create({
      data: { title: 'Fog', body: `${secret}\n\nAnd more of it.` },
      status: 'published',
    });
    await site.rule(documentId, { visibility: 'paid' });
    Reflect.set(controller(), 'sanitizeOutput', (data: unknown) =>
      [data].flat().map((entry) => ({
        heading: Reflect.get(Object(entry), 'title'),
        summary: String(Reflect.get(Object(entry), 'body')).slice(0, 120),
      }))
    );
    const article = ofType(await check(), ARTICLE);
    expect(article.doors.find(({ door }) => door === 'list')?.leaks).toContainEqual({
      uid: ARTICLE,
      documentId,
      key: 'body',
    });
  });

  it('says when a door is closed to visitors, or fails', async () => {
    Reflect.set(controller(), 'sanitizeOutput', (_: unknown, ctx: { status: number }) => {
      ctx.status = 500;
    });
    const article = ofType(await check(), ARTICLE);
    expect(outcomes(article)).toEqual({ list: 'failed', single: 'failed', graphql: 'clean' });

    const permissions = site.strapi.db.query('plugin::users-permissions.permission');
    const where = { action: { $startsWith: 'api::letter.letter' }, role: { type: 'public' } };
    const ticked: { id: number }[] = await permissions.findMany({ where });
    await permissions.deleteMany({ where: { id: { $in: ticked.map(({ id }) => id) } } });
    const letter = ofType(await check(), LETTER);
    expect(outcomes(letter)).toEqual({ list: 'closed', single: 'closed', graphql: 'closed' });
  });
});
