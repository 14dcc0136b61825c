import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import { instant, joinColumn, runSql, sqlTable } from './sql';

/**
 * How many members hold each tier now, by the tier's id.
 *
 * @param now milliseconds
 */
export const countHolders = async (
  strapi: Core.Strapi,
  now: number
): Promise<Map<number, number>> => {
  const at = instant(strapi, now);
  const tier = joinColumn(strapi, UID.grant, 'tier');
  const rows = await runSql(
    strapi,
    strapi.db.connection
      .select({ tier })
      .countDistinct({ members: joinColumn(strapi, UID.grant, 'member') })
      .from(sqlTable(strapi, UID.grant))
      .where((either) => void either.whereNull('starts_at').orWhere('starts_at', '<=', at))
      .where((either) => void either.whereNull('ends_at').orWhere('ends_at', '>', at))
      .where((either) => void either.whereNull('revoked_at').orWhere('revoked_at', '>', at))
      .groupBy(tier)
  );
  return new Map(rows.map((row) => [Number(row.tier), Number(row.members)]));
};
