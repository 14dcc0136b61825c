import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import { activeGrant } from './active';
import { joinColumn, runSql, sqlTable } from './sql';

/**
 * How many members hold each tier now, by the tier's id.
 *
 * @param now milliseconds
 */
export const countHolders = async (
  strapi: Core.Strapi,
  now: number
): Promise<Map<number, number>> => {
  const tier = joinColumn(strapi, UID.grant, 'tier');
  const rows = await runSql(
    strapi,
    strapi.db.connection
      .select({ tier })
      .countDistinct({ members: joinColumn(strapi, UID.grant, 'member') })
      .from(`${sqlTable(strapi, UID.grant)} as g`)
      .where(activeGrant(strapi, 'g', now))
      .groupBy(tier)
  );
  return new Map(rows.map((row) => [Number(row.tier), Number(row.members)]));
};
