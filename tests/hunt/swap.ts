import type { Core } from '@strapi/strapi';

type Knex = Core.Strapi['db']['connection'];

interface Row {
  id: number;
  [column: string]: unknown;
}

/** Every row of every table an answer may come from, by table and id. */
type Photograph = Map<string, Map<number, Row>>;

/** What tells one state of a table from another. */
interface Difference {
  table: string;
  gone: Row[];
  added: Row[];
  changed: { id: number; before: Partial<Row>; after: Partial<Row> }[];
}

/** Two states of a database and the way from one to the other, in one transaction. */
export interface Swap {
  /** Values that differ. */
  size: number;
  there(): Promise<void>;
  back(): Promise<void>;
}

/** Strapi's own tables and the plugin's: not the site's content. */
const tablesOf = (strapi: Core.Strapi): string[] =>
  [...strapi.db.metadata.values()]
    .map(({ tableName }) => tableName)
    .filter((name) => !/^(strapi|admin|memberships|i18n)_/.test(name));

export const photograph = async (strapi: Core.Strapi): Promise<Photograph> => {
  const taken: Photograph = new Map();
  for (const table of tablesOf(strapi)) {
    const rows: Row[] = await strapi.db.connection(table).select('*').orderBy('id');
    taken.set(table, new Map(rows.map((row) => [row.id, row])));
  }
  return taken;
};

/** PostgreSQL hands JSON over parsed, and wants it back as text. */
const stored = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)
    ? JSON.stringify(value)
    : value;

const row = (columns: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(columns).map(([key, value]) => [key, stored(value)]));

const differing = (before: Row, after: Row): string[] =>
  Object.keys(before)
    // An answer may show when an entry was changed; what is changed here was changed by nobody.
    .filter((key) => key !== 'updated_at')
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));

const pick = (from: Row, keys: readonly string[]): Partial<Row> =>
  Object.fromEntries(keys.map((key) => [key, from[key]]));

const differences = (before: Photograph, after: Photograph): Difference[] =>
  [...before].flatMap(([table, rows]) => {
    const others = after.get(table) ?? new Map<number, Row>();
    const gone = [...rows.values()].filter(({ id }) => !others.has(id));
    const added = [...others.values()].filter(({ id }) => !rows.has(id));
    const changed = [...rows.values()].flatMap((one) => {
      const other = others.get(one.id);
      const keys = other ? differing(one, other) : [];
      if (!other || keys.length === 0) return [];
      return [{ id: one.id, before: pick(one, keys), after: pick(other, keys) }];
    });
    return gone.length + added.length + changed.length > 0 ? [{ table, gone, added, changed }] : [];
  });

const go = (connection: Knex, steps: readonly Difference[]): Promise<void> =>
  connection.transaction(async (trx) => {
    for (const { table, gone, added, changed } of steps) {
      if (gone.length > 0)
        await trx(table)
          .whereIn(
            'id',
            gone.map(({ id }) => id)
          )
          .delete();
      for (const { id, after } of changed) await trx(table).where({ id }).update(row(after));
      for (const one of added) await trx(table).insert(row(one));
    }
  });

/** A part of the change: what of it to take is decided part by part. */
export interface Part {
  steps: readonly Difference[];
}

/** Makes the other state part by part, each once, and comes back. */
export const makeParts = async (
  strapi: Core.Strapi,
  changes: readonly (() => Promise<unknown>)[]
): Promise<{ parts: Part[]; swapOf: (chosen: readonly Part[]) => Swap }> => {
  const start = await photograph(strapi);
  const parts: Part[] = [];
  let before = start;
  for (const change of changes) {
    await change();
    const after = await photograph(strapi);
    parts.push({ steps: differences(before, after) });
    before = after;
  }
  const { connection } = strapi.db;

  /** To the very start: one part may have touched what another had. */
  const restoring = ({ table, gone, added, changed }: Difference): Difference => {
    const rows = start.get(table);
    return {
      table,
      gone: added,
      added: gone.filter(({ id }) => rows?.has(id)),
      changed: changed.flatMap(({ id, before: was, after }) => {
        const row = rows?.get(id);
        return row ? [{ id, before: after, after: pick(row, Object.keys(was)) }] : [];
      }),
    };
  };
  const sizeOf = ({ gone, added, changed }: Difference) =>
    gone.length +
    added.length +
    changed.reduce((sum, one) => sum + Object.keys(one.after).length, 0);

  await go(connection, differences(before, start));
  return {
    parts,
    swapOf: (chosen) => {
      const steps = chosen.flatMap((part) => part.steps);
      return {
        size: steps.reduce((sum, step) => sum + sizeOf(step), 0),
        there: () => go(connection, steps),
        back: () => go(connection, steps.map(restoring).reverse()),
      };
    },
  };
};
