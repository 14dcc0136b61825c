import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { MemberStatus } from '../../../contracts';
import { UID, USER_UID } from '../constants';
import { activeGrant } from './active';
import { columnMs, columnText, joinColumn, runSql, sqlTable, type SqlRow } from './sql';

export interface MemberQuery {
  page: number;
  pageSize: number;
  q?: string;
  /** documentId of a tier held now. */
  tier?: string;
  status?: MemberStatus;
  sort: { column: 'joinedAt' | 'email' | 'name'; direction: 'asc' | 'desc' };
  /** One member instead of a list. */
  documentId?: string;
}

export interface ListedMember {
  id: number;
  documentId: string;
  email: string | null;
  name: string | null;
  status: MemberStatus;
  joinedAt: number | null;
  suspendedAt: number | null;
  user: { documentId: string; username: string } | null;
}

const COLUMNS = { joinedAt: 'm.joined_at', email: 'm.email', name: 'm.name' } as const;

/**
 * As it was typed and in lower case: SQLite's `lower` leaves letters beyond ASCII as they are, so that
 * `É` is found by its own form only.
 */
const likePatterns = (text: string): string[] =>
  [...new Set([text, text.toLowerCase()])].map(
    (form) => `%${form.replace(/[!%_]/g, (char) => `!${char}`)}%`
  );

/**
 * The conditions of each status, in the order in which the first that holds is told. Kept as SQL so
 * that the list, its filter and its count can never disagree.
 */
const statuses = (
  strapi: Core.Strapi,
  livemode: boolean,
  now: number
): [MemberStatus, Knex.Raw][] => {
  const knex = strapi.db.connection;
  const active = activeGrant(strapi, 'g', now);
  const subscriptions = sqlTable(strapi, UID.subscription);
  const grants = sqlTable(strapi, UID.grant);
  const tiers = sqlTable(strapi, UID.tier);
  const subscriptionMember = joinColumn(strapi, UID.subscription, 'member');
  const grantMember = joinColumn(strapi, UID.grant, 'member');
  const grantTier = joinColumn(strapi, UID.grant, 'tier');

  const subscribed = (status: string) =>
    knex.raw('exists (select 1 from ?? s where s.?? = m.id and s.status = ? and s.livemode = ?)', [
      subscriptions,
      subscriptionMember,
      status,
      livemode,
    ]);
  const holding = (kind: 'free' | 'paid') =>
    knex.raw(
      'exists (select 1 from ?? g join ?? t on t.id = g.?? where g.?? = m.id and t.kind = ? and ?)',
      [grants, tiers, grantTier, grantMember, kind, active]
    );
  return [
    ['suspended', knex.raw('m.suspended_at is not null')],
    ['past_due', subscribed('past_due')],
    ['trialing', subscribed('trialing')],
    ['paying', subscribed('active')],
    ['complimentary', holding('paid')],
    ['free', holding('free')],
    ['expired', knex.raw('exists (select 1 from ?? g where g.?? = m.id)', [grants, grantMember])],
  ];
};

const statusCase = (knex: Knex, conditions: [MemberStatus, Knex.Raw][]): Knex.Raw =>
  knex.raw(
    `case ${conditions.map(() => 'when ? then ?').join(' ')} else 'none' end`,
    conditions.flatMap(([status, condition]) => [condition, status])
  );

const toListed = (row: SqlRow): ListedMember => {
  const user = columnText(row.user_document_id);
  return {
    id: Number(row.id),
    documentId: columnText(row.document_id) ?? '',
    email: columnText(row.email),
    name: columnText(row.name),
    // Only values of `statuses` come out of the CASE.
    status: asStatus(columnText(row.status)),
    joinedAt: columnMs(row.joined_at),
    suspendedAt: columnMs(row.suspended_at),
    user: user === null ? null : { documentId: user, username: columnText(row.username) ?? '' },
  };
};

const STATUSES: readonly MemberStatus[] = [
  'suspended',
  'past_due',
  'trialing',
  'paying',
  'complimentary',
  'free',
  'expired',
];

const asStatus = (value: string | null): MemberStatus =>
  STATUSES.find((status) => status === value) ?? 'none';

/**
 * A page of members with their status, and how many there are in all: two statements whatever the
 * page's size.
 *
 * @param now milliseconds
 */
export const listMembers = async (
  strapi: Core.Strapi,
  query: MemberQuery,
  livemode: boolean,
  now: number
): Promise<{ rows: ListedMember[]; total: number }> => {
  const knex = strapi.db.connection;
  const conditions = statuses(strapi, livemode, now);
  const status = statusCase(knex, conditions);

  const filtered = (): Knex.QueryBuilder => {
    const builder = knex
      .from(`${sqlTable(strapi, UID.member)} as m`)
      .leftJoin(
        `${sqlTable(strapi, USER_UID)} as u`,
        'u.id',
        `m.${joinColumn(strapi, UID.member, 'user')}`
      );
    if (query.documentId !== undefined) void builder.where('m.document_id', query.documentId);
    if (query.status) void builder.whereRaw('? = ?', [status, query.status]);
    if (query.q) {
      const patterns = likePatterns(query.q);
      void builder.where((either) => {
        for (const column of ['m.email', 'm.name', 'u.username']) {
          for (const pattern of patterns) {
            void either.orWhereRaw("lower(??) like ? escape '!'", [column, pattern]);
          }
        }
      });
    }
    if (query.tier) {
      void builder.whereRaw(
        `exists (select 1 from ?? g join ?? t on t.id = g.?? where g.?? = m.id
          and t.document_id = ? and ?)`,
        [
          sqlTable(strapi, UID.grant),
          sqlTable(strapi, UID.tier),
          joinColumn(strapi, UID.grant, 'tier'),
          joinColumn(strapi, UID.grant, 'member'),
          query.tier,
          activeGrant(strapi, 'g', now),
        ]
      );
    }
    return builder;
  };

  const rows = await runSql(
    strapi,
    filtered()
      .select('m.id', 'm.document_id', 'm.email', 'm.name', 'm.joined_at', 'm.suspended_at')
      .select({ username: 'u.username', user_document_id: 'u.document_id', status })
      // The id makes the order of equals the same on every page.
      .orderBy([
        { column: COLUMNS[query.sort.column], order: query.sort.direction },
        { column: 'm.id', order: query.sort.direction },
      ])
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize)
  );
  const [count] = await runSql(strapi, filtered().count({ total: '*' }));
  return { rows: rows.map(toListed), total: Number(count?.total ?? 0) };
};
