import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { joinTable, sqlTable } from '../../../server/src/store/sql';
import { UID, USER_UID } from '../../../server/src/constants';
import { TYPES } from './project';
import { articleRow, grantRow, idOf, memberRow, ruleOf, TIERS, userRow } from './rows';

const AUTHORS = 100;

/** SQLite's limits: 500 rows and 32,766 values in one statement. */
const CHUNK = 400;

/** Rows of ours begin here, so that PostgreSQL's sequences have numbers left for others. */
const FIRST = 1001;

type Row = Record<string, unknown>;

/** Dates as Strapi stores them: milliseconds on SQLite. */
const stored = (row: Row, sqlite: boolean): Row =>
  sqlite
    ? Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          value instanceof Date ? value.getTime() : value,
        ])
      )
    : row;

type Insert = (table: string, count: number, rowOf: (at: number) => Row | Row[]) => Promise<void>;

const inserter =
  (trx: Knex.Transaction, sqlite: boolean): Insert =>
  async (table, count, rowOf) => {
    let rows: Row[] = [];
    for (let at = 0; at < count; at += 1) {
      rows.push(...[rowOf(at)].flat().map((row) => stored(row, sqlite)));
      if (rows.length < CHUNK && at < count - 1) continue;
      if (rows.length > 0) await trx(table).insert(rows);
      rows = [];
    }
  };

const tableOf = (strapi: Core.Strapi, uid: string): string => strapi.db.metadata.get(uid).tableName;

const copyTable = async (trx: Knex.Transaction, from: string, to: string): Promise<void> => {
  const columns = Object.keys(await trx(from).columnInfo());
  const names = columns.map(() => '??').join(', ');
  await trx.raw(`insert into ?? (${names}) select ${names} from ??`, [
    to,
    ...columns,
    ...columns,
    from,
  ]);
};

/** PostgreSQL's planner knows nothing of new rows until its autovacuum has been by. */
const analyze = async (strapi: Core.Strapi, tables: string[]): Promise<void> => {
  if (strapi.db.dialect.client !== 'postgres') return;
  for (const table of tables) await strapi.db.connection.raw('vacuum analyze ??', [table]);
};

/** The tiers, each including the one before; their ids in that order. */
const seedTiers = async (strapi: Core.Strapi): Promise<number[]> => {
  const ids: number[] = [];
  for (const [rank, name] of TIERS.entries()) {
    const below = ids.at(-1);
    const { id }: { id: number } = await strapi.db.query(UID.tier).create({
      data: {
        name,
        slug: name.toLowerCase(),
        kind: rank === 0 ? 'free' : 'paid',
        rank,
        includes: below === undefined ? [] : [below],
      },
    });
    ids.push(id);
  }
  return ids;
};

/**
 * Fills the database: `count` articles and as many twins with the very same rows, a rule for each
 * article, `count` users, each a member with a grant.
 */
export const seedMagazine = async (strapi: Core.Strapi, count: number): Promise<void> => {
  const now = Date.now();
  const tiers = await seedTiers(strapi);
  const tierId = (at: number): number => tiers[at % tiers.length] ?? 0;
  const article = tableOf(strapi, TYPES.gated.uid);
  const twin = tableOf(strapi, TYPES.open.uid);
  const authors = joinTable(strapi, TYPES.gated.uid, 'author');
  const twinAuthors = joinTable(strapi, TYPES.open.uid, 'author');
  const ruleTiers = joinTable(strapi, UID.rule, 'tiers');

  await strapi.db.connection.transaction(async (trx) => {
    const insert = inserter(trx, strapi.db.dialect.client === 'sqlite');
    await insert(tableOf(strapi, 'api::author.author'), AUTHORS, (at) => ({
      id: FIRST + at,
      document_id: idOf('author', at),
      name: `Author ${at}`,
      slug: `author-${at}`,
    }));
    await insert(article, count, (at) => ({ id: FIRST + at, ...articleRow(at, now) }));
    await copyTable(trx, article, twin);
    for (const table of [authors, twinAuthors]) {
      await insert(table.name, count, (at) => ({
        [table.from]: FIRST + at,
        [table.to]: FIRST + (at % AUTHORS),
      }));
    }
    await insert(tableOf(strapi, UID.rule), count, (at) => ({
      id: FIRST + at,
      ...ruleOf(at, now).row,
    }));
    await insert(ruleTiers.name, count, (at) =>
      ruleOf(at, now).tiers.map((tier) => ({
        [ruleTiers.from]: FIRST + at,
        [ruleTiers.to]: tierId(tier),
      }))
    );
    await insert(tableOf(strapi, USER_UID), count, (at) => ({
      id: FIRST + at,
      ...userRow(at, now),
    }));
    await insert(tableOf(strapi, UID.member), count, (at) => ({
      id: FIRST + at,
      ...memberRow(at, FIRST + at, now),
    }));
    await insert(tableOf(strapi, UID.grant), count, (at) => ({
      id: FIRST + at,
      ...grantRow(at, FIRST + at, tierId(at), now),
    }));
  });
  await analyze(strapi, [
    ...[TYPES.gated.uid, TYPES.open.uid, UID.rule, UID.member, UID.grant, USER_UID].map((uid) =>
      sqlTable(strapi, uid)
    ),
    ruleTiers.name,
  ]);
};
