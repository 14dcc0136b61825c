import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import { columnMs, joinColumn, runSql, sqlTable } from './sql';

/** What the mirrored payments of a subscription say of it. */
export interface Owed {
  /** Whether any was paid. */
  paid: boolean;
  /** When the oldest that is open or was written off was made, in milliseconds; null: none is owed. */
  since: number | null;
}

export const NOTHING_OWED: Owed = { paid: false, since: null };

/**
 * One grouped statement for many subscriptions.
 *
 * @param subscriptions ids of rows; one without payments is absent
 */
export const owedOf = async (
  strapi: Core.Strapi,
  subscriptions: readonly number[]
): Promise<Map<number, Owed>> => {
  if (subscriptions.length === 0) return new Map();
  const knex = strapi.db.connection;
  const subscription = joinColumn(strapi, UID.payment, 'subscription');
  const rows = await runSql(
    strapi,
    knex
      .select({ id: subscription })
      .select(knex.raw("sum(case when status = 'paid' then 1 else 0 end) as paid"))
      .select(
        knex.raw("min(case when status in ('open', 'uncollectible') then created end) as since")
      )
      .from(sqlTable(strapi, UID.payment))
      .whereIn(subscription, [...subscriptions])
      .groupBy(subscription)
  );
  return new Map(
    rows.map(({ id, paid, since }) => [
      Number(id),
      { paid: Number(paid) > 0, since: columnMs(since) },
    ])
  );
};
