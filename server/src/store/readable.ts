import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { UID } from '../constants';
import type { Reach } from '../domain/access';
import { joinTable, sqlTable } from './sql';

/** What Strapi calls the table a query is of (`@strapi/database` query-builder: the first alias). */
const ENTRY = 't0';

/**
 * The rule of the entry at hand, by the unique index. Without the entry in it, the subquery would be
 * made of every rule of the type before the first of 25 entries is found.
 */
const rulesOf = (strapi: Core.Strapi, uid: string): Knex.QueryBuilder =>
  strapi.db
    .connection(`${sqlTable(strapi, UID.rule)} as r`)
    .select('r.target_document_id')
    .where('r.target_uid', uid)
    .where('r.target_document_id', strapi.db.connection.ref(`${ENTRY}.document_id`));

/** The same, where that rule lets somebody with this reach read the entry. */
const opened = (strapi: Core.Strapi, uid: string, reach: Reach, at: number): Knex.QueryBuilder => {
  const listed = joinTable(strapi, UID.rule, 'tiers');
  const knex = strapi.db.connection;
  return rulesOf(strapi, uid).where((any) => {
    void any
      .where('r.visibility', 'public')
      .orWhere('r.opens_at', '<=', new Date(at))
      .orWhere((held) => {
        void held
          .where((drip) => {
            void drip.whereNull('r.drip_days').orWhere('r.drip_days', '<=', reach.dripDays);
          })
          .where((one) => {
            void one.whereIn('r.visibility', reach.visibilities);
            if (reach.tiers.length === 0) return;
            void one.orWhere((tiers) => {
              void tiers.where('r.visibility', 'tiers').whereExists(
                knex(`${listed.name} as j`)
                  .select(knex.raw('1'))
                  .join(`${sqlTable(strapi, UID.tier)} as t`, 't.id', `j.${listed.to}`)
                  .whereRaw('?? = ??', [`j.${listed.from}`, 'r.id'])
                  .whereIn('t.document_id', [...reach.tiers])
              );
            });
          });
      });
  });
};

/**
 * What a type's entries must meet to be readable, as a condition of Strapi's query engine. The rules
 * stay in the database, as a subquery: a page of 25 out of 100,000 is one statement, with its count.
 */
export const readableWhere = (
  strapi: Core.Strapi,
  uid: string,
  reach: Reach,
  byDefault: boolean,
  at: number
): Record<string, unknown> => {
  const own = { documentId: { $in: opened(strapi, uid, reach, at) } };
  if (!byDefault) return own;
  return { $or: [own, { documentId: { $notIn: rulesOf(strapi, uid) } }] };
};
