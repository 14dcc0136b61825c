import type { Visibility } from '../../contracts';
import { now } from '../../server/src/config';
import { access } from '../../server/src/domain/access';
import { countAudience } from '../../server/src/store/audience';
import { getService } from '../../server/src/get-service';
import { findHoldings } from '../../server/src/store/holdings';
import { UID, USER_UID } from '../../server/src/constants';
import { bootSite, type Site } from '../support/boot';
import { countQueries } from './gate-support';

/** Random members, grants and tiers; what SQL counts is what `access` says of each of them. */

const DAY = 86_400_000;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** mulberry32: small, and the same on every machine. */
const randomOf = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const random = randomOf(SEED);
const pick = <T>(list: readonly T[]): T => {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};
const chance = (share: number) => random() < share;

interface Person {
  user: number | null;
  member: string | null;
  blocked: boolean;
}

let site: Site;
const tiers: { id: number; documentId: string; kind: string }[] = [];
const people: Person[] = [];

const insert = async (
  uid: string,
  data: Record<string, unknown>
): Promise<{ id: number; documentId: string }> => site.strapi.db.query(uid).create({ data });

const moment = (): string | null =>
  chance(0.25)
    ? null
    : new Date(site.clock.now + Math.round((random() - 0.5) * 60) * DAY).toISOString();

const addMember = (at: number, user?: number) =>
  insert(UID.member, { user, email: `m${at}@x.example` });

const memberOf = async (user: number): Promise<{ id: number; documentId: string } | null> =>
  site.strapi.db.query(UID.member).findOne({ where: { user: { id: user } } });

beforeAll(async () => {
  process.stdout.write(`audience: SEED=${SEED}\n`);
  site = await bootSite();
  // Before there are tiers: an account comes with the free ones there are.
  const accounts: { user: { id: number } | null; blocked: boolean }[] = [];
  for (let at = 0; at < 60; at += 1) {
    const blocked = chance(0.15);
    const user = chance(0.75)
      ? await insert(USER_UID, {
          username: `person${at}`,
          email: `person${at}@reader.example`,
          provider: 'local',
          confirmed: true,
          blocked: blocked ? true : chance(0.5) ? false : null,
        })
      : null;
    accounts.push({ user, blocked });
  }
  for (let at = 0; at < 6; at += 1) {
    const kind = at === 5 || chance(0.7) ? 'paid' : 'free';
    const includes = tiers.filter(() => chance(0.35)).map(({ id }) => id);
    const tier = await insert(UID.tier, {
      name: `Tier ${at}`,
      slug: `tier-${at}`,
      kind,
      rank: at,
      includes,
      archivedAt: chance(0.2) ? new Date(site.clock.now - DAY).toISOString() : null,
    });
    tiers.push({ ...tier, kind });
  }
  // A circle, as an operator may draw one.
  await site.strapi.db
    .query(UID.tier)
    .update({ where: { id: tiers[0]?.id }, data: { includes: [tiers[1]?.id, tiers[0]?.id] } });

  await getService(site.strapi, 'background').idle();
  for (const [at, { user, blocked }] of accounts.entries()) {
    const isMember = user === null || chance(0.8);
    if (!isMember) {
      people.push({ user: user.id, member: null, blocked });
      continue;
    }
    const member = (user && (await memberOf(user.id))) ?? (await addMember(at, user?.id));
    if (chance(0.15)) {
      await site.strapi.db
        .query(UID.member)
        .update({ where: { id: member.id }, data: { suspendedAt: new Date().toISOString() } });
    }
    people.push({
      user: user?.id ?? null,
      member: member.documentId,
      blocked: user !== null && blocked,
    });
    for (let grants = Math.floor(random() * 4); grants > 0; grants -= 1) {
      await insert(UID.grant, {
        member: member.id,
        tier: chance(0.08) ? null : pick(tiers).id,
        source: 'complimentary',
        startsAt: moment(),
        endsAt: chance(0.5) ? null : moment(),
        revokedAt: chance(0.85) ? null : moment(),
      });
    }
  }
});
afterAll(() => site.stop());

interface Draft {
  visibility: Visibility;
  tiers: string[];
  dripDays: number | null;
}

/** Person by person, by the gate's own decision; an account to sign in with is what `unlinked` lacks. */
const oneByOne = async (rule: Draft) => {
  const at = now(site.strapi);
  const found = { total: 0, readers: 0, waiting: 0, unlinked: 0 };
  const paying = { ...rule, visibility: 'paid' as const, dripDays: null, opensAt: null };
  const opening = new Set(rule.tiers);
  for (let grown = -1; grown !== opening.size;) {
    grown = opening.size;
    const rows: { documentId: string; includes: { documentId: string }[] }[] = await site.strapi.db
      .query(UID.tier)
      .findMany({ populate: ['includes'] });
    for (const row of rows) {
      if (row.includes.some(({ documentId }) => opening.has(documentId)))
        opening.add(row.documentId);
    }
  }
  const anyFree = tiers.some(({ documentId, kind }) => kind === 'free' && opening.has(documentId));
  const of =
    rule.visibility === 'members'
      ? 'accounts'
      : rule.visibility === 'tiers' && anyFree
        ? 'holding'
        : 'paying';
  for (const { user, member, blocked } of people) {
    if (blocked) continue;
    // By the user where there is one: the plugin makes members of its own for new accounts.
    const { suspended, grants } =
      user !== null
        ? await findHoldings(site.strapi, { userId: user })
        : await findHoldings(site.strapi, { memberDocumentId: member ?? '' });
    if (suspended) continue;
    const reader = { readAll: null, signedIn: true, suspended, grants };
    const may = (asked: Draft) => access({ ...asked, opensAt: null }, reader, at).granted;
    const every = { ...rule, visibility: 'tiers' as const, dripDays: null };
    const holdsAny = may({ ...every, tiers: tiers.map(({ documentId }) => documentId) });
    const counted = of === 'accounts' ? user !== null : of === 'paying' ? may(paying) : holdsAny;
    if (counted) found.total += 1;
    if (of === 'accounts' && user === null) continue;
    if (may(rule)) {
      found.readers += 1;
      if (user === null) found.unlinked += 1;
    } else if (may({ ...rule, dripDays: null }) && grants.length > 0) {
      found.waiting += 1;
    }
  }
  return { of, ...found };
};

const draftOf = (): Draft => {
  const visibility = pick(['members', 'paid', 'tiers', 'tiers'] as const);
  return {
    visibility,
    tiers: visibility === 'tiers' ? tiers.map((t) => t.documentId).filter(() => chance(0.3)) : [],
    dripDays: chance(0.4) ? null : Math.floor(random() * 40),
  };
};

test('SQL counts as the gate decides', async () => {
  for (let at = 0; at < 40; at += 1) {
    const draft = draftOf();
    const counted = await countAudience(site.strapi, draft, now(site.strapi));
    expect({ seed: SEED, draft, ...counted }).toEqual({
      seed: SEED,
      draft,
      ...(await oneByOne(draft)),
    });
  }
});

test('one statement, whatever is asked', async () => {
  const tier = tiers.map((one) => one.documentId);
  for (const draft of [
    { visibility: 'members', tiers: [], dripDays: 3 },
    { visibility: 'paid', tiers: [], dripDays: null },
    { visibility: 'tiers', tiers: tier, dripDays: 3 },
  ] as const) {
    const seen = await countQueries(site.strapi, () =>
      countAudience(site.strapi, draft, now(site.strapi))
    );
    expect(seen).toHaveLength(1);
  }
});

describe('over HTTP', () => {
  const token = async (): Promise<string> => {
    const role: { id: number } = await site.strapi.db
      .query('admin::role')
      .findOne({ where: { code: 'strapi-super-admin' } });
    await site.strapi.service('admin::user').create({
      email: 'admin@site.example',
      firstname: 'Site',
      lastname: 'Admin',
      password: 'Passw0rd!',
      isActive: true,
      registrationToken: null,
      roles: [role.id],
    });
    const { body } = await site.http
      .post('/admin/login')
      .send({ email: 'admin@site.example', password: 'Passw0rd!' });
    return body.data.token;
  };
  let bearer: string;
  beforeAll(async () => {
    bearer = await token();
  });
  const get = (path: string) =>
    site.http.get(`/memberships${path}`).set({ authorization: `Bearer ${bearer}` });

  test('a draft rule’s audience', async () => {
    const list = tiers.map((one) => one.documentId).join(',');
    const { status, body } = await get(
      `/audience?visibility=tiers&tiers=${list}&dripDays=&opensAt=`
    );
    expect(status).toBe(200);
    const draft: Draft = { visibility: 'tiers', tiers: list.split(','), dripDays: null };
    expect(body.data).toEqual({ everyone: false, ...(await oneByOne(draft)) });

    const opened = new Date(site.clock.now - 1).toISOString();
    const open = await get(`/audience?visibility=paid&opensAt=${opened}`);
    expect(open.body.data.everyone).toBe(true);
    expect((await get('/audience?visibility=public')).body.data.everyone).toBe(true);
  });

  test.each([
    ['visibility=friends', 'visibility'],
    ['', 'visibility'],
    ['visibility=paid&dripDays=soon', 'dripDays'],
    ['visibility=paid&opensAt=soon', 'opensAt'],
    ['visibility=paid&limit=3', 'limit'],
  ])('?%s is a 400', async (query, field) => {
    const { status, body } = await get(`/audience?${query}`);
    expect([status, body.error.details.field]).toEqual([400, field]);
  });

  test('what there is to choose from', async () => {
    const { body } = await get('/rules/api::article.article');
    expect(body.data).toMatchObject({
      defaultVisibility: 'public',
      title: 'title',
      teasers: ['excerpt', 'cover', 'readingMinutes', 'author', 'category'],
      paywalls: [
        { name: 'body', type: 'richtext' },
        { name: 'story', type: 'blocks' },
      ],
    });
    expect(body.data.tiers).toHaveLength(tiers.length);
    expect((await get('/rules/api::letter.letter')).body.data.defaultVisibility).toBe('members');
    expect((await get('/rules/api::author.author')).status).toBe(404);
  });

  test('is for those who may see rules', async () => {
    expect((await site.http.get('/memberships/audience?visibility=paid')).status).toBe(401);
    expect((await site.http.get('/memberships/rules/api::article.article')).status).toBe(401);
  });
});
