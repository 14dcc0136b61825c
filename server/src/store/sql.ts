import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { property, strapiTransaction } from '../strapi-services';

/**
 * For the few reads that must be one statement. Names of join columns and join tables are Strapi's
 * to give (`strapi.db.metadata`): they are shortened when long, and differ between versions.
 */

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn: { name: string };
}

const attributeOf = (strapi: Core.Strapi, uid: string, name: string): object => {
  const attribute = strapi.db.metadata.get(uid).attributes[name];
  if (!attribute) throw new Error(`${uid} has no attribute ${name}`);
  return attribute;
};

/** With the schema in front where the site names one (PostgreSQL): CTEs rule out `withSchema`. */
const qualified = (strapi: Core.Strapi, table: string): string => {
  const schema = strapi.db.getSchemaName();
  return schema ? `${schema}.${table}` : table;
};

/** A content type's table, for `from` and `join`. */
export const sqlTable = (strapi: Core.Strapi, uid: string): string =>
  qualified(strapi, strapi.db.metadata.get(uid).tableName);

const isNamed = (value: unknown): value is { name: string } =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';

/** The column of a relation that has no join table. */
export const joinColumn = (strapi: Core.Strapi, uid: string, name: string): string => {
  const attribute = attributeOf(strapi, uid, name);
  if (!('joinColumn' in attribute) || !isNamed(attribute.joinColumn)) {
    throw new Error(`${uid}.${name} has no join column`);
  }
  return attribute.joinColumn.name;
};

const isJoinTable = (value: unknown): value is JoinTable =>
  isNamed(value) &&
  'joinColumn' in value &&
  isNamed(value.joinColumn) &&
  'inverseJoinColumn' in value &&
  isNamed(value.inverseJoinColumn);

/** The table of a many-to-many relation and its two columns: this side, the other side. */
export const joinTable = (
  strapi: Core.Strapi,
  uid: string,
  name: string
): { name: string; from: string; to: string } => {
  const attribute = attributeOf(strapi, uid, name);
  if (!('joinTable' in attribute) || !isJoinTable(attribute.joinTable)) {
    throw new Error(`${uid}.${name} has no join table`);
  }
  const { joinTable: table } = attribute;
  return {
    name: qualified(strapi, table.name),
    from: table.joinColumn.name,
    to: table.inverseJoinColumn.name,
  };
};

/** A column as a driver may return it. */
export type Column = string | number | boolean | Date | null | undefined;
export type SqlRow = Record<string, Column>;

/** A statement of Knex's, whatever its builder thinks the columns are. */
interface Statement<Answer> extends PromiseLike<Answer> {
  transacting(trx: Knex.Transaction): PromiseLike<Answer>;
}

const run = async <Answer>(strapi: Core.Strapi, query: Statement<Answer>): Promise<Answer> => {
  if (!strapi.db.inTransaction()) return query;
  return strapiTransaction(strapi, async ({ trx }) => query.transacting(trx));
};

/**
 * Runs one hand-written read, inside the open transaction if there is one: on SQLite's single
 * connection it would otherwise wait for that transaction until the pool gives up.
 */
export const runSql = (strapi: Core.Strapi, query: Statement<SqlRow[]>): Promise<SqlRow[]> =>
  run(strapi, query);

/**
 * Inserts one row of columns that are as the database has them, where Strapi's own `create` would ask
 * for the row again.
 */
export const insertRow = async (
  strapi: Core.Strapi,
  uid: string,
  columns: Readonly<Record<string, Column>>
): Promise<void> => {
  await run<unknown>(strapi, strapi.db.connection(sqlTable(strapi, uid)).insert(columns));
};

const isRows = (value: unknown): value is SqlRow[] => Array.isArray(value);

/** What a driver answers to a text: rows on SQLite, `[rows, fields]` of mysql2, `{ rows }` of pg. */
const rowsOf = (answer: unknown): SqlRow[] => {
  const rows: unknown = isRows(answer) ? answer : property(answer, 'rows');
  if (!isRows(rows)) throw new Error('the database answered no rows');
  const [first]: unknown[] = rows;
  return isRows(first) ? first : rows;
};

/** Values of a statement, in the order of its question marks. */
export type Binding = string | number;

/**
 * Reads whose text depends on little are built once per site and run as text from then on: on the
 * path of every answer Knex takes longer to build one than a database to answer it.
 *
 * @param build makes the statement for one `shape`; its values are not kept, only its text
 */
export const prepared = <Shape extends string | number>(
  build: (strapi: Core.Strapi, shape: Shape) => Knex.QueryBuilder
): ((strapi: Core.Strapi, shape: Shape, bindings: readonly Binding[]) => Promise<SqlRow[]>) => {
  const texts = new WeakMap<Core.Strapi, Map<Shape, string>>();
  return async (strapi, shape, bindings) => {
    const known = texts.get(strapi) ?? new Map<Shape, string>();
    texts.set(strapi, known);
    const text = known.get(shape) ?? build(strapi, shape).toSQL().sql;
    known.set(shape, text);
    return rowsOf(await run<unknown>(strapi, strapi.db.connection.raw(text, [...bindings])));
  };
};

/**
 * A datetime column in milliseconds: a number on SQLite, a `Date` elsewhere
 * (`@strapi/database` fields/datetime). What cannot be read is NaN, which no comparison lets pass.
 */
export const columnMs = (value: Column): number | null => {
  if (value === null || value === undefined || typeof value === 'boolean') return null;
  return value instanceof Date ? value.getTime() : new Date(value).getTime();
};

export const columnText = (value: Column): string | null =>
  value === null || value === undefined ? null : String(value);

/** An instant as a datetime column compares to it: Strapi keeps milliseconds on SQLite. */
export const instant = (strapi: Core.Strapi, at: number): number | Date =>
  strapi.db.dialect.client === 'sqlite' ? at : new Date(at);
