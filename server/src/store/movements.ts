import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import type { MemberChange } from '../domain/churn';
import { columnText, joinColumn, runSql, sqlTable } from './sql';

const asChange = (value: number): -1 | 0 | 1 => (value > 0 ? 1 : value < 0 ? -1 : 0);

/**
 * How many members started and stopped paying in each month until `to`, by reason. One statement:
 * each member's changes of a month are summed first, so that leaving and returning within it counts
 * as neither.
 */
export const memberChanges = async (
  strapi: Core.Strapi,
  livemode: boolean,
  to: string
): Promise<MemberChange[]> => {
  const knex = strapi.db.connection;
  const perMember = knex
    .select('period')
    .sum({ net: 'member_change' })
    // Only those who left have one; of several in a month the database picks one, always the same.
    .max({ reason: 'reason' })
    .from(sqlTable(strapi, UID.movement))
    .where({ livemode })
    .where('period', '<=', to)
    .whereNot('member_change', 0)
    .groupBy('period', joinColumn(strapi, UID.movement, 'member'))
    .as('per_member');
  const rows = await runSql(
    strapi,
    knex
      .select('period', 'net', 'reason')
      .count({ count: '*' })
      .from(perMember)
      .groupBy('period', 'net', 'reason')
  );
  return rows.map((row) => ({
    period: columnText(row.period) ?? '',
    change: asChange(Number(row.net)),
    reason: columnText(row.reason),
    count: Number(row.count),
  }));
};
