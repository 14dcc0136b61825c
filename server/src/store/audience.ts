import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Audience } from '../../../contracts';
import { UID, USER_UID } from '../constants';
import type { AccessRule } from '../domain/access';
import { activeGrant } from './active';
import { instant, joinColumn, joinTable, runSql, sqlTable, type Column } from './sql';

/** What of a rule decides who is let in; whether it has opened to everyone is the caller's to know. */
export type AudienceRule = Pick<AccessRule, 'visibility' | 'tiers' | 'dripDays'>;

type Counts = Omit<Audience, 'everyone'>;

const DAY = 86_400_000;

/** A sum over no rows is null; PostgreSQL returns large sums as text. */
const count = (value: Column): number => Number(value ?? 0);

/** Users who can sign in. `blocked` may be null in rows that came by an import. */
const unblocked = (strapi: Core.Strapi): Knex.Raw =>
  strapi.db.connection.raw('(u.blocked is null or u.blocked = ?)', [false]);

/** 1 for each row that meets a condition. */
const one = (knex: Knex, condition: Knex.Raw): Knex.Raw =>
  knex.raw('case when ? then 1 else 0 end', [condition]);

/** Whether the drip is over for whoever was first given a tier at `first_at`, or since ever. */
const dripReached = (
  strapi: Core.Strapi,
  alias: string,
  { dripDays }: AudienceRule,
  now: number
): Knex.Raw => {
  const knex = strapi.db.connection;
  return dripDays === null || dripDays <= 0
    ? knex.raw('1 = 1')
    : knex.raw('(?? = 1 or ?? <= ?)', [
        `${alias}.since_ever`,
        `${alias}.first_at`,
        instant(strapi, now - dripDays * DAY),
      ]);
};

const firstGrant = (knex: Knex): Record<string, Knex.Raw> => ({
  first_at: knex.raw('min(g.starts_at)'),
  since_ever: knex.raw('max(case when g.starts_at is null then 1 else 0 end)'),
});

/** `members`: whoever has an account, with or without a Member row. */
const countAccounts = async (
  strapi: Core.Strapi,
  rule: AudienceRule,
  now: number
): Promise<Counts> => {
  const knex = strapi.db.connection;
  const member = joinColumn(strapi, UID.grant, 'member');
  const firsts = knex(`${sqlTable(strapi, UID.grant)} as g`)
    .select({ member: `g.${member}`, ...firstGrant(knex) })
    .groupBy(`g.${member}`)
    .as('f');
  const reached = dripReached(strapi, 'f', rule, now);
  const query = knex(`${sqlTable(strapi, USER_UID)} as u`)
    .leftJoin(
      `${sqlTable(strapi, UID.member)} as m`,
      `m.${joinColumn(strapi, UID.member, 'user')}`,
      'u.id'
    )
    .leftJoin(firsts, 'f.member', 'm.id')
    .where(unblocked(strapi))
    .whereNull('m.suspended_at')
    .select({
      total: knex.raw('count(*)'),
      readers: knex.raw('sum(?)', [one(knex, reached)]),
      waiting: knex.raw('sum(?)', [
        one(knex, knex.raw('f.member is not null and not ?', [reached])),
      ]),
    });
  const [row] = await runSql(strapi, query);
  return {
    of: 'accounts',
    total: count(row?.total),
    readers: count(row?.readers),
    waiting: count(row?.waiting),
    unlinked: 0,
  };
};

/** `paid` and `tiers`: members by their grants. */
const countMembers = async (
  strapi: Core.Strapi,
  rule: AudienceRule,
  now: number
): Promise<Counts> => {
  const knex = strapi.db.connection;
  const includes = joinTable(strapi, UID.tier, 'includes');
  const tiers = sqlTable(strapi, UID.tier);
  const grantTier = `g.${joinColumn(strapi, UID.grant, 'tier')}`;
  const active = activeGrant(strapi, 'g', now);
  const holds = (condition: string): Knex.Raw =>
    knex.raw(`max(case when ? and ${condition} then 1 else 0 end)`, [active]);

  const members = knex(`${sqlTable(strapi, UID.member)} as m`)
    .join(
      `${sqlTable(strapi, UID.grant)} as g`,
      `g.${joinColumn(strapi, UID.grant, 'member')}`,
      'm.id'
    )
    .leftJoin(`${tiers} as t`, 't.id', grantTier)
    .leftJoin('opening as o', 'o.tier', grantTier)
    .leftJoin(
      `${sqlTable(strapi, USER_UID)} as u`,
      'u.id',
      `m.${joinColumn(strapi, UID.member, 'user')}`
    )
    .whereNull('m.suspended_at')
    .where(unblocked(strapi))
    .groupBy('m.id')
    .select({
      ...firstGrant(knex),
      holds: holds('t.id is not null'),
      pays: holds("t.kind = 'paid'"),
      opens: holds(rule.visibility === 'paid' ? "t.kind = 'paid'" : 'o.tier is not null'),
      linked: knex.raw('max(case when u.id is null then 0 else 1 end)'),
    })
    .as('p');

  const reached = dripReached(strapi, 'p', rule, now);
  const reads = knex.raw('p.opens = 1 and ?', [reached]);
  const query = knex
    .withRecursive('opening', ['tier'], (cte) => {
      void cte
        .select('id')
        .from(tiers)
        .whereIn('document_id', rule.visibility === 'tiers' ? [...rule.tiers] : [])
        .union((next) => {
          void next
            .select(`i.${includes.from}`)
            .from('opening')
            .join(`${includes.name} as i`, `i.${includes.to}`, 'opening.tier');
        });
    })
    .from(members)
    .select({
      holding: knex.raw('sum(p.holds)'),
      paying: knex.raw('sum(p.pays)'),
      readers: knex.raw('sum(?)', [one(knex, reads)]),
      waiting: knex.raw('sum(?)', [one(knex, knex.raw('p.opens = 1 and not ?', [reached]))]),
      unlinked: knex.raw('sum(?)', [one(knex, knex.raw('? and p.linked = 0', [reads]))]),
      free_tiers: knex('opening as o')
        .join(`${tiers} as t`, 't.id', 'o.tier')
        .whereNot('t.kind', 'paid')
        .count('*'),
    });
  const [row] = await runSql(strapi, query);
  // Of the paying members, unless a free tier opens it too: 50 of 10 would be nonsense.
  const of = count(row?.free_tiers) > 0 ? 'holding' : 'paying';
  return {
    of,
    total: count(row?.[of]),
    readers: count(row?.readers),
    waiting: count(row?.waiting),
    unlinked: count(row?.unlinked),
  };
};

/**
 * How many may read under a rule, by the same measure as `access`, in one statement whatever the
 * number of members.
 *
 * @param now milliseconds
 */
export const countAudience = (
  strapi: Core.Strapi,
  rule: AudienceRule,
  now: number
): Promise<Counts> =>
  rule.visibility === 'members' || rule.visibility === 'public'
    ? countAccounts(strapi, rule, now)
    : countMembers(strapi, rule, now);
