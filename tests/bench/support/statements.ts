import type { Core } from '@strapi/strapi';

export interface Statements {
  all: number;
  /** On the rules' table, and on the grants'. */
  rules: number;
  grants: number;
}

const once = async (strapi: Core.Strapi, work: () => Promise<unknown>): Promise<Statements> => {
  const seen: string[] = [];
  const listen = ({ sql }: { sql: string }) => seen.push(sql);
  strapi.db.connection.on('query', listen);
  try {
    await work();
  } finally {
    strapi.db.connection.removeListener('query', listen);
  }
  const on = (table: string) => seen.filter((sql) => sql.includes(table)).length;
  return { all: seen.length, rules: on('memberships_rules'), grants: on('memberships_grants') };
};

/**
 * Counts what one request asks of the database, as Knex tells it. The plugin's heartbeat may fall
 * into a request: of three, the one with the fewest.
 */
export const countStatements = async (
  strapi: Core.Strapi,
  work: () => Promise<unknown>
): Promise<Statements> => {
  const counts = [await once(strapi, work), await once(strapi, work), await once(strapi, work)];
  return counts.reduce((least, next) => (next.all < least.all ? next : least));
};
