import { ARTICLE, bootGateSite, LETTER, type GateSite } from './gate-support';

let site: GateSite;
beforeAll(async () => {
  site = await bootGateSite();
});
afterAll(() => site.stop());

const ask = (documentId: string, query = '', uid = ARTICLE) =>
  site.admin('get', `/memberships/access/${uid}/${documentId}${query}`);

describe('GET /memberships/access/:uid/:documentId, for an operator', () => {
  test('a visitor is answered for when nobody is named', async () => {
    const { body } = await ask(site.articles.gold);
    expect(body.data).toMatchObject({
      granted: false,
      reason: 'anonymous',
      reader: { kind: 'visitor' },
      rule: { visibility: 'tiers', tiers: [{ slug: 'gold', archived: false }], isDefault: false },
      openedBy: [{ slug: 'gold' }],
      grants: [],
    });
  });

  test('a member is answered for with each grant that was looked at', async () => {
    const { members, articles } = site;
    const gold = await ask(articles.silver, `?member=${members.gold}`);
    expect(gold.body.data).toMatchObject({
      granted: true,
      reason: 'tier',
      openedBy: [],
      reader: { kind: 'member', documentId: members.gold, suspended: false },
      grants: [
        {
          tier: { slug: 'gold' },
          source: 'complimentary',
          active: true,
          opens: true,
          endsAt: null,
        },
      ],
    });
    const silver = await ask(articles.gold, `?member=${members.silver}`);
    expect(silver.body.data).toMatchObject({
      granted: false,
      reason: 'no-tier',
      grants: [{ tier: { slug: 'silver' }, active: true, opens: false }],
    });
    const expired = await ask(articles.gold, `?member=${members.expired}`);
    expect(expired.body.data).toMatchObject({
      granted: false,
      reason: 'expired',
      grants: [{ tier: { slug: 'gold' }, active: false, opens: true }],
    });
    const suspended = await ask(articles.gold, `?member=${members.suspended}`);
    expect(suspended.body.data).toMatchObject({
      granted: false,
      reason: 'suspended',
      reader: { suspended: true },
      grants: [{ active: true, opens: true }],
    });
  });

  test('a tier is answered for as somebody who is given it now', async () => {
    const { tiers, articles } = site;
    const gold = await ask(articles.silver, `?tier=${tiers.gold}`);
    expect(gold.body.data).toMatchObject({
      granted: true,
      reason: 'tier',
      reader: { kind: 'tier', tier: { documentId: tiers.gold, name: 'Gold', slug: 'gold' } },
    });
    expect((await ask(articles.paid, `?tier=${tiers.free}`)).body.data).toMatchObject({
      granted: false,
      reason: 'no-tier',
    });
    expect((await ask(articles.members, `?tier=${tiers.free}`)).body.data).toMatchObject({
      granted: true,
      reason: 'member',
    });
    const drip = { visibility: 'paid', dripDays: 7 };
    await site.admin('put', `/memberships/rules/${LETTER}/${site.letter}`, drip);
    expect((await ask(site.letter, `?tier=${tiers.gold}`, LETTER)).body.data).toMatchObject({
      granted: false,
      reason: 'not-yet',
      rule: { dripDays: 7 },
    });
  });

  test.each([
    ['both', () => `?member=${site.members.gold}&tier=${site.tiers.gold}`, 400, 'tier'],
    ['a member nobody knows', () => '?member=nobody', 404, 'member'],
    ['a tier nobody knows', () => '?tier=nothing', 404, 'tier'],
    ['an empty member', () => '?member=', 400, 'member'],
    ['two members', () => '?member=a&member=b', 400, 'member'],
    ['an object for a tier', () => '?tier[x]=1', 400, 'tier'],
    ['a NUL', () => '?member=%00', 400, 'member'],
  ])('refuses %s', async (_name, query, status, field) => {
    const answer = await ask(site.articles.gold, query());
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ details: { field } });
  });

  test('names what is not there', async () => {
    expect((await ask('nosuchdocument')).body.error).toMatchObject({
      details: { field: 'documentId' },
    });
    expect((await ask(site.author, '', 'api::author.author')).body.error).toMatchObject({
      details: { field: 'uid' },
    });
  });

  test('is for admins', async () => {
    const path = `/memberships/access/${ARTICLE}/${site.articles.gold}`;
    expect((await site.get(path)).status).toBe(401);
    expect((await site.get(path, 'gold')).status).toBe(401);
  });
});
