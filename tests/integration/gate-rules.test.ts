import { ARTICLE, LETTER, bootGateSite, documentsOf, type GateSite } from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
});
afterAll(() => site.stop());

const path = (documentId: string, uid = ARTICLE) => `/memberships/rules/${uid}/${documentId}`;
const rows = (documentId: string): Promise<unknown[]> =>
  site.strapi.db
    .query('plugin::memberships.rule')
    .findMany({ where: { targetDocumentId: documentId } });

describe('an editor’s rules', () => {
  test('an entry without one has its type’s default', async () => {
    const article = await site.admin('get', path(site.articles.public));
    expect(article.body.data).toEqual({
      visibility: 'public',
      tiers: [],
      opensAt: null,
      dripDays: null,
      isDefault: true,
    });
    const letter = await site.admin('get', path(site.letter, LETTER));
    expect(letter.body.data).toMatchObject({ visibility: 'members', isDefault: true });
  });

  test('are written whole, read back, and removed', async () => {
    const { silver, archived } = site.tiers;
    const put = await site.admin('put', path(site.articles.public), {
      visibility: 'tiers',
      tiers: [silver, archived],
      opensAt: '2026-02-01T09:00:00.000+01:00',
      dripDays: 7,
    });
    expect(put.status).toBe(200);
    const expected = {
      visibility: 'tiers',
      tiers: expect.arrayContaining([
        { documentId: silver, name: 'Silver', slug: 'silver', archived: false },
        { documentId: archived, name: 'Archived', slug: 'archived', archived: true },
      ]),
      opensAt: '2026-02-01T08:00:00.000Z',
      dripDays: 7,
      isDefault: false,
    };
    expect(put.body.data).toEqual(expected);
    expect((await site.admin('get', path(site.articles.public))).body.data).toEqual(expected);

    const next = await site.admin('put', path(site.articles.public), { visibility: 'members' });
    expect(next.body.data).toMatchObject({ visibility: 'members', tiers: [], opensAt: null });
    expect(await rows(site.articles.public)).toHaveLength(1);

    const gone = await site.admin('delete', path(site.articles.public));
    expect(gone.body.data).toMatchObject({ visibility: 'public', isDefault: true });
    expect(await rows(site.articles.public)).toHaveLength(0);
  });

  test('apply at once, to every language and version', async () => {
    const { strapi, articles } = site;
    await documentsOf(strapi, ARTICLE).update({
      documentId: articles.public,
      locale: 'fr',
      data: { title: 'Publique', body: 'CANARY français' },
      status: 'published',
    });
    const fr = `/api/articles/${articles.public}?locale=fr`;
    expect((await site.get(fr)).text).toContain('CANARY');
    await site.admin('put', path(articles.public), { visibility: 'paid' });
    expect((await site.get(fr)).text).not.toContain('CANARY');
    expect((await site.get(fr, 'silver')).text).toContain('CANARY');
    await site.admin('delete', path(articles.public));
  });

  test.each([
    ['no body', undefined, 'visibility'],
    ['no visibility', {}, 'visibility'],
    ['an unknown visibility', { visibility: 'everybody' }, 'visibility'],
    ['tiers without tiers', { visibility: 'tiers' }, 'tiers'],
    ['tiers of none', { visibility: 'tiers', tiers: [] }, 'tiers'],
    ['an unknown tier', { visibility: 'tiers', tiers: ['nosuchtier'] }, 'tiers'],
    ['tiers that are no list', { visibility: 'tiers', tiers: 'gold' }, 'tiers'],
    ['a tier by number', { visibility: 'tiers', tiers: [1] }, 'tiers[0]'],
    ['a date nobody can read', { visibility: 'paid', opensAt: 'soon' }, 'opensAt'],
    ['a month there is not', { visibility: 'paid', opensAt: '2026-13-01T00:00:00Z' }, 'opensAt'],
    ['a day there is not', { visibility: 'paid', opensAt: '2026-02-31T00:00:00Z' }, 'opensAt'],
    ['a leap second', { visibility: 'paid', opensAt: '2026-06-30T23:59:60Z' }, 'opensAt'],
    ['the year 10000', { visibility: 'paid', opensAt: '9999-12-31T23:59:59-01:00' }, 'opensAt'],
    ['the year -1', { visibility: 'paid', opensAt: '0000-01-01T00:00:00+01:00' }, 'opensAt'],
    ['half a day', { visibility: 'paid', dripDays: 1.5 }, 'dripDays'],
    ['days in the past', { visibility: 'paid', dripDays: -1 }, 'dripDays'],
  ])('refuse %s, naming the field', async (_name, body, field) => {
    const answer = await site.admin('put', path(site.articles.members), body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ name: 'ValidationError', details: { field } });
  });

  test('know only gated types and documents that exist', async () => {
    const body = { visibility: 'paid' };
    const open = await site.admin('put', path(site.author, 'api::author.author'), body);
    expect(open.status).toBe(404);
    expect(open.body.error).toMatchObject({ details: { field: 'uid' } });
    const none = await site.admin('put', path('nosuchdocument'), body);
    expect(none.status).toBe(404);
    expect(none.body.error).toMatchObject({ details: { field: 'documentId' } });
  });

  test('are for the admin alone', async () => {
    const { status } = await site.http.get(path(site.articles.gold));
    expect(status).toBe(401);
  });

  test('end as one when two editors save at once', async () => {
    const puts = ['members', 'paid', 'members', 'paid', 'paid'].map((visibility) =>
      site.admin('put', path(site.letter, LETTER), { visibility })
    );
    for (const { status } of await Promise.all(puts)) expect(status).toBe(200);
    expect(await rows(site.letter)).toHaveLength(1);
    await site.admin('delete', path(site.letter, LETTER));
  });
});

describe('rules follow their documents', () => {
  test('a clone gets its original’s, and a deleted document takes its own along', async () => {
    const { strapi, articles } = site;
    const documents = documentsOf(strapi, ARTICLE);
    const clone = await documents.clone({
      documentId: articles.gold,
      data: { title: 'Clone', slug: 'clone' },
    });
    const copy = await site.admin('get', path(clone.documentId));
    expect(copy.body.data).toMatchObject({
      visibility: 'tiers',
      tiers: [{ documentId: site.tiers.gold }],
      isDefault: false,
    });

    await documents.update({
      documentId: clone.documentId,
      locale: 'fr',
      data: { title: 'Clone', slug: 'clone-fr' },
    });
    await documents.delete({ documentId: clone.documentId, locale: 'fr' });
    expect(await rows(clone.documentId)).toHaveLength(1);
    await documents.publish({ documentId: clone.documentId });
    await documents.unpublish({ documentId: clone.documentId });
    expect(await rows(clone.documentId)).toHaveLength(1);
    await documents.delete({ documentId: clone.documentId, locale: '*' });
    expect(await rows(clone.documentId)).toHaveLength(0);
    expect(await rows(articles.gold)).toHaveLength(1);
  });

  test('a rule that lost every tier is closed, and an archived tier opens for its holders', async () => {
    const { strapi, articles, tiers } = site;
    const where = { documentId: tiers.silver };
    const query = strapi.db.query('plugin::memberships.tier');
    await query.update({ where, data: { archivedAt: new Date(site.clock.now).toISOString() } });
    expect((await site.get(`/api/articles/${articles.silver}`, 'silver')).text).toContain('CANARY');
    await query.delete({ where });
    const gone = await site.get(`/api/articles/${articles.silver}`, 'gold');
    expect(gone.text).not.toContain('CANARY');
    expect(gone.body.data?.membershipAccess).toMatchObject({ reason: 'no-tier', tiers: [] });
  });

  test('tiers that include each other end the search', async () => {
    const { strapi, articles, tiers } = site;
    const query = strapi.db.query('plugin::memberships.tier');
    const id = async (documentId: string): Promise<number> =>
      (await query.findOne({ where: { documentId } })).id;
    const [gold, free] = [await id(tiers.gold), await id(tiers.free)];
    await query.update({ where: { id: gold }, data: { includes: [free, gold] } });
    await query.update({ where: { id: free }, data: { includes: [gold] } });
    expect((await site.get(`/api/articles/${articles.gold}`, 'free')).text).toContain('CANARY');
    await query.update({ where: { id: free }, data: { includes: [] } });
    expect((await site.get(`/api/articles/${articles.gold}`, 'free')).text).not.toContain('CANARY');
    expect((await site.get(`/api/articles/${articles.free}`, 'gold')).text).toContain('CANARY');
  });
});

describe('time is the clock’s', () => {
  test('an entry opens to everyone at its hour', async () => {
    const { articles, clock } = site;
    const opensAt = new Date(clock.now + 3_600_000).toISOString();
    await site.admin('put', path(articles.members), { visibility: 'paid', opensAt });
    const closed = await site.get(`/api/articles/${articles.members}`);
    expect(closed.body.data?.membershipAccess).toMatchObject({ reason: 'anonymous', opensAt });
    clock.now += 3_600_000;
    const open = await site.get(`/api/articles/${articles.members}`);
    expect(open.body.data?.membershipAccess).toMatchObject({ granted: true, reason: 'open' });
    expect(open.text).toContain('CANARY');
  });

  test('drip counts days from the member’s first grant', async () => {
    const { articles, clock } = site;
    await site.admin('put', path(articles.paid), { visibility: 'paid', dripDays: 31 });
    const soon = await site.get(`/api/articles/${articles.paid}`, 'gold');
    expect(soon.body.data?.membershipAccess).toMatchObject({ reason: 'not-yet' });
    clock.now += 86_400_000;
    const then = await site.get(`/api/articles/${articles.paid}`, 'gold');
    expect(then.body.data?.membershipAccess).toMatchObject({ reason: 'tier' });
  });
});
