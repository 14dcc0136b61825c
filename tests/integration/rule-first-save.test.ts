import {
  ARTICLE,
  LETTER,
  bootGateSite,
  documentsOf,
  said,
  type Answer,
  type GateSite,
} from './gate-support';

/** A new entry's rule travels with the request that makes the entry, and is there before it is read. */

const KEY = '__membershipRule';
const UPDATE_RULES = 'plugin::memberships.rules.update';

let site: GateSite;
let owner: string;
let author: string;

const signIn = async (email: string): Promise<string> => {
  const { body } = await site.http
    .post('/admin/login')
    .send({ email, password: 'Passw0rd!' })
    .expect(200);
  return body.data.token;
};

/** An admin whose role may write articles and letters, and nothing of ours. */
const addAuthor = async (): Promise<string> => {
  const { strapi } = site;
  const role: { id: number } = await strapi.db
    .query('admin::role')
    .create({ data: { name: 'Writer', code: 'writer', description: 'writes' } });
  for (const subject of [ARTICLE, LETTER]) {
    for (const action of ['create', 'read', 'update']) {
      await strapi.db.query('admin::permission').create({
        data: {
          action: `plugin::content-manager.explorer.${action}`,
          subject,
          role: role.id,
          conditions: [],
          properties: {
            fields: ['title', 'slug', 'body', 'name', 'summary'],
            locales: ['en', 'fr'],
          },
        },
      });
    }
  }
  await strapi.service('admin::user').create({
    email: 'author@site.example',
    firstname: 'An',
    lastname: 'Author',
    password: 'Passw0rd!',
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  return signIn('author@site.example');
};

beforeAll(async () => {
  site = await bootGateSite();
  owner = await signIn('admin@site.example');
  author = await addAuthor();
});
afterAll(() => site.stop());

const post = async (path: string, body: object, token = owner): Promise<Answer> =>
  site.http
    .post(`/content-manager/collection-types/${path}`)
    .set({ authorization: `Bearer ${token}` })
    .send(body);

const ruleOf = async (documentId: unknown, uid = ARTICLE): Promise<unknown> =>
  site.strapi.db.query('plugin::memberships.rule').findOne({
    where: { targetUid: uid, targetDocumentId: String(documentId) },
    populate: ['tiers'],
  });

const counts = async () => ({
  articles: await site.strapi.db.query(ARTICLE).count(),
  letters: await site.strapi.db.query(LETTER).count(),
  rules: await site.strapi.db.query('plugin::memberships.rule').count(),
});

/** What a visitor finds the moment anything of an article is committed as published. */
const watchVisitor = () => {
  const seen: Promise<Answer>[] = [];
  const forget = site.strapi.eventHub.on('entry.publish', () => {
    seen.push(site.get('/api/articles?filters[slug][$startsWith]=new&pagination[pageSize]=100'));
    return Promise.resolve();
  });
  return async (): Promise<string[]> => {
    forget();
    return (await Promise.all(seen)).map(({ text }) => text);
  };
};

describe('a rule that comes with a new entry', () => {
  test('is there when the entry is published at once', async () => {
    const seen = watchVisitor();
    const { status, body } = await post(`${ARTICLE}/actions/publish`, {
      title: 'New and paid',
      slug: 'new-and-paid',
      body: 'SECRET',
      [KEY]: { visibility: 'tiers', tiers: [site.tiers.silver], dripDays: 3 },
    });
    expect(status).toBe(200);
    expect(await ruleOf(body.data?.documentId)).toMatchObject({
      visibility: 'tiers',
      tiers: [{ documentId: site.tiers.silver }],
      dripDays: 3,
    });
    const texts = await seen();
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).not.toContain('SECRET');
    const path = `/api/articles/${said(body.data?.documentId)}`;
    expect((await site.get(path)).text).not.toContain('SECRET');
    expect((await site.get(path, 'silver')).text).toContain('SECRET');
  });

  test('is there when the entry is saved, of a type without drafts too', async () => {
    const saved = await post(ARTICLE, { title: 'New draft', [KEY]: { visibility: 'paid' } });
    expect(saved.status).toBe(201);
    expect(await ruleOf(saved.body.data?.documentId)).toMatchObject({ visibility: 'paid' });

    const letter = await post(LETTER, {
      name: 'New letter',
      body: 'SECRET',
      [KEY]: { visibility: 'paid' },
    });
    expect(letter.status).toBe(201);
    const path = `/api/letters/${said(letter.body.data?.documentId)}`;
    expect((await site.get(path, 'signedIn')).text).not.toContain('SECRET');
    expect((await site.get(path, 'silver')).text).toContain('SECRET');
  });

  test('takes the place of the rule that a clone would copy', async () => {
    const plain = await post(`${ARTICLE}/clone/${site.articles.gold}`, {
      title: 'Copy',
      slug: 'copy',
    });
    expect(plain.status).toBe(200);
    expect(await ruleOf(plain.body.data?.documentId)).toMatchObject({
      visibility: 'tiers',
      tiers: [{ documentId: site.tiers.gold }],
    });
    const chosen = await post(`${ARTICLE}/clone/${site.articles.gold}`, {
      title: 'Copy 2',
      slug: 'copy-2',
      [KEY]: { visibility: 'members' },
    });
    expect(await ruleOf(chosen.body.data?.documentId)).toMatchObject({
      visibility: 'members',
      tiers: [],
    });
  });

  test.each([
    ['an unknown visibility', { visibility: 'friends' }, `${KEY}.visibility`],
    ['no visibility', {}, `${KEY}.visibility`],
    ['no tier chosen', { visibility: 'tiers', tiers: [] }, `${KEY}.tiers`],
    ['a tier that is none', { visibility: 'tiers', tiers: ['nothing'] }, `${KEY}.tiers`],
    ['a date that is none', { visibility: 'paid', opensAt: 'soon' }, `${KEY}.opensAt`],
    ['half a day', { visibility: 'paid', dripDays: 0.5 }, `${KEY}.dripDays`],
    ['no object', 'paid', KEY],
  ])('%s: 400, and no entry', async (_what, rule, field) => {
    const before = await counts();
    for (const path of [ARTICLE, `${ARTICLE}/actions/publish`, LETTER]) {
      const answer = await post(path, { title: 'Wrong', name: 'Wrong', body: 'x', [KEY]: rule });
      expect([path, answer.status]).toEqual([path, 400]);
      expect(answer.body.error?.details?.field).toBe(field);
    }
    expect(await counts()).toEqual(before);
  });

  test('is refused with the entry where the role may not choose', async () => {
    const before = await counts();
    const refused = await post(
      ARTICLE,
      { title: 'Not mine to say', [KEY]: { visibility: 'public' } },
      author
    );
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({ details: { field: KEY } });
    expect(await counts()).toEqual(before);

    const silent = await post(ARTICLE, { title: 'Says nothing' }, author);
    expect(silent.status).toBe(201);
    expect(await ruleOf(silent.body.data?.documentId)).toBeNull();
  });

  test('is for its own request’s type and for gated types only', async () => {
    const before = await counts();
    const open = await post('api::author.author', {
      name: 'New author',
      [KEY]: { visibility: 'paid' },
    });
    expect(open.status).toBe(400);
    expect(await site.strapi.db.query('api::author.author').count()).toBe(1);

    // The content API and the site's own code know no such key.
    const { documentId } = await documentsOf(site.strapi, ARTICLE).create({
      data: { title: 'By code', [KEY]: { visibility: 'paid' } },
    });
    expect(await ruleOf(documentId)).toBeNull();
    expect((await counts()).rules).toBe(before.rules);
  });
});

test('the permission is the one of the rules’ route', async () => {
  await site.strapi.db.query('admin::permission').create({
    data: {
      action: UPDATE_RULES,
      role: (await site.strapi.db.query('admin::role').findOne({ where: { code: 'writer' } })).id,
      conditions: [],
      properties: {},
    },
  });
  const allowed = await post(ARTICLE, { title: 'Mine', [KEY]: { visibility: 'paid' } }, author);
  expect(allowed.status).toBe(201);
  expect(await ruleOf(allowed.body.data?.documentId)).toMatchObject({ visibility: 'paid' });
});
