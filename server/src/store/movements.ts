import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import type { MemberChange } from '../domain/churn';
import { columnText, joinColumn, runSql, sqlTable } from './sql';

const asChange = (value: number): -1 | 0 | 1 => (value > 0 ? 1 : value < 0 ? -1 : 0);

/**
 * How many members started and stopped paying in each month until `to`, by reason. One statement:
 * each member's changes of a month are summed first, so that leaving and returning within it counts
 * as neither; then each member is looked at before and after the month, so that two who were merged
 * into one count as one.
 */
export const memberChanges = async (
  strapi: Core.Strapi,
  livemode: boolean,
  to: string
): Promise<MemberChange[]> => {
  const knex = strapi.db.connection;
  const member = joinColumn(strapi, UID.movement, 'member');
  const perMonth = knex
    .select('period', { member_id: member })
    .sum({ net: 'member_change' })
    // Only those who left have one; of several in a month the database picks one, always the same.
    .max({ reason: 'reason' })
    .from(sqlTable(strapi, UID.movement))
    .where({ livemode })
    .where('period', '<=', to)
    .whereNot('member_change', 0)
    .groupBy('period', member)
    .as('per_month');
  const running = knex
    .select('period', 'reason', 'net')
    .select(knex.raw('sum(net) over (partition by member_id order by period) as total'))
    .from(perMonth)
    .as('running');
  const compared = knex
    .select('period', 'reason')
    .select(
      knex.raw(`case when total > 0 and total - net <= 0 then 1
        when total <= 0 and total - net > 0 then -1 else 0 end as paying_change`)
    )
    .from(running)
    .as('compared');
  const rows = await runSql(
    strapi,
    knex
      .select('period', 'paying_change', 'reason')
      .count({ count: '*' })
      .from(compared)
      .groupBy('period', 'paying_change', 'reason')
  );
  return rows.map((row) => ({
    period: columnText(row.period) ?? '',
    change: asChange(Number(row.paying_change)),
    reason: columnText(row.reason),
    count: Number(row.count),
  }));
};
