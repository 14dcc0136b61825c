import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Visibility } from '../../../contracts';
import { UID } from '../constants';
import type { DocumentRef } from './rules';
import { columnText, instant, runSql, sqlTable, type SqlRow } from './sql';

/** What the settings page and the self-check ask of the database: one statement per question. */

/** A content type, and what an entry without a rule of its own is to a visitor. */
export interface LockedType {
  uid: string;
  lockedByDefault: boolean;
  /** Only published rows leave by the content API. */
  draftAndPublish: boolean;
}

export interface LockedDocument extends DocumentRef {
  locale: string | null;
}

/** One statement of several selects. Each stands in a `from`: SQLite takes no parentheses around one. */
const runAll = async (strapi: Core.Strapi, selects: Knex.QueryBuilder[]): Promise<SqlRow[]> => {
  const knex = strapi.db.connection;
  const [first, ...rest] = selects.map((select, at) => knex.from(select.as(`q${at}`)).select('*'));
  return first ? runSql(strapi, rest.length > 0 ? first.unionAll(rest) : first) : [];
};

/** How many rules each type has, by visibility. */
export const countRules = async (
  strapi: Core.Strapi
): Promise<Map<string, Partial<Record<Visibility, number>>>> => {
  const rows = await runSql(
    strapi,
    strapi.db
      .connection(`${sqlTable(strapi, UID.rule)} as r`)
      .select({ uid: 'r.target_uid', visibility: 'r.visibility' })
      .count({ rules: '*' })
      .groupBy('r.target_uid', 'r.visibility')
  );
  const counts = new Map<string, Record<string, number>>();
  for (const row of rows) {
    const uid = columnText(row.uid) ?? '';
    const visibility = columnText(row.visibility) ?? '';
    counts.set(uid, { ...counts.get(uid), [visibility]: Number(row.rules) });
  }
  return counts;
};

/** How many documents each type has, whatever their languages and versions. */
export const countDocuments = async (
  strapi: Core.Strapi,
  uids: readonly string[]
): Promise<Map<string, number>> => {
  const knex = strapi.db.connection;
  const selects = uids.map((uid) =>
    knex(`${sqlTable(strapi, uid)} as d`)
      .select(knex.raw('? as uid', [uid]))
      .countDistinct({ documents: 'd.document_id' })
  );
  const rows = await runAll(strapi, selects);
  return new Map(rows.map((row) => [columnText(row.uid) ?? '', Number(row.documents)]));
};

/**
 * The newest entries of each type that a visitor may ask for and not read.
 *
 * @param limit of each type
 * @param at milliseconds; what opened before is not locked
 */
export const findLocked = async (
  strapi: Core.Strapi,
  types: readonly LockedType[],
  limit: number,
  at: number
): Promise<LockedDocument[]> => {
  const knex = strapi.db.connection;
  const selects = types.map(({ uid, lockedByDefault, draftAndPublish }) => {
    const query = knex(`${sqlTable(strapi, uid)} as d`)
      .leftJoin(`${sqlTable(strapi, UID.rule)} as r`, (join) => {
        void join
          .on('r.target_document_id', 'd.document_id')
          .andOn('r.target_uid', knex.raw('?', [uid]));
      })
      .select(knex.raw('? as uid', [uid]), 'd.document_id')
      .min({ locale: 'd.locale' })
      .max({ newest: 'd.id' })
      .where((locked) => {
        void locked.where((own) => {
          void own.whereNot('r.visibility', 'public').where((later) => {
            void later.whereNull('r.opens_at').orWhere('r.opens_at', '>', instant(strapi, at));
          });
        });
        if (lockedByDefault) void locked.orWhereNull('r.id');
      })
      .groupBy('d.document_id')
      .orderBy('newest', 'desc')
      .limit(limit);
    return draftAndPublish ? query.whereNotNull('d.published_at') : query;
  });
  const rows = await runAll(strapi, selects);
  return rows.map((row) => ({
    uid: columnText(row.uid) ?? '',
    documentId: columnText(row.document_id) ?? '',
    locale: columnText(row.locale),
  }));
};
