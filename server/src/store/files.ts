import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import { property } from '../strapi-services';
import { columnMs, columnText, runSql, sqlTable, type SqlRow } from './sql';

/** The few reads that tell which entries hold a file. */

const FILE_UID = 'plugin::upload.file';

/** A row that holds something in one of its attributes. */
export interface Holding {
  uid: string;
  id: number;
  field: string;
}

/** A file of the Media Library and what holds it. */
export interface HeldFile {
  id: number;
  holders: Holding[];
}

/** How a model's rows hold components: every such attribute of a model shares one table. */
export interface ComponentTable {
  uid: string;
  attribute: string;
}

export interface ComponentRef {
  uid: string;
  id: number;
}

/** A row of a content type, as far as it matters to who may read it. */
export interface Standing {
  published: boolean;
  /** The rule of its document; null: it has none of its own. */
  rule: { visibility: string | null; opensAt: number | null } | null;
}

const text = (value: unknown, what: string): string => {
  if (typeof value !== 'string') throw new Error(`Strapi's metadata names no ${what}`);
  return value;
};

const columnName = (of: unknown, key: string): string =>
  text(property(property(of, key), 'name'), key);

const joinTableOf = (strapi: Core.Strapi, uid: string, attribute: string): unknown =>
  property(strapi.db.metadata.get(uid).attributes[attribute], 'joinTable');

/** With the schema in front where the site names one: joins by hand need it. */
const qualified = (strapi: Core.Strapi, name: string): string => {
  const schema = strapi.db.getSchemaName();
  return schema ? `${schema}.${name}` : name;
};

/** The morph table that Strapi keeps media in (`files_related_mph`). */
const relatedTable = (strapi: Core.Strapi) => {
  const table = joinTableOf(strapi, FILE_UID, 'related');
  const morph = property(table, 'morphColumn');
  return {
    name: qualified(strapi, text(property(table, 'name'), 'table of files')),
    file: columnName(table, 'joinColumn'),
    uid: columnName(morph, 'typeColumn'),
    id: columnName(morph, 'idColumn'),
    field: 'field',
  };
};

/** A model's table of components (`*_cmps`): one for single, repeatable and dynamic-zone ones. */
export const componentTable = (strapi: Core.Strapi, { uid, attribute }: ComponentTable) => {
  const table = joinTableOf(strapi, uid, attribute);
  const morph = property(table, 'morphColumn');
  return {
    plainName: text(property(table, 'name'), `table of ${uid}.${attribute}`),
    entity: columnName(table, 'joinColumn'),
    component: morph ? columnName(morph, 'idColumn') : columnName(table, 'inverseJoinColumn'),
    // Named by Strapi's transform-content-types-to-models, and never shortened.
    type: 'component_type',
    field: 'field',
  };
};

/** Files and what holds them, one row for each pair. */
const heldFiles = (strapi: Core.Strapi) => {
  const related = relatedTable(strapi);
  return strapi.db
    .connection(`${sqlTable(strapi, FILE_UID)} as f`)
    .leftJoin(`${related.name} as m`, `m.${related.file}`, 'f.id')
    .select({
      file: 'f.id',
      uid: `m.${related.uid}`,
      id: `m.${related.id}`,
      field: `m.${related.field}`,
    });
};

const byFile = (rows: readonly SqlRow[]): HeldFile[] => {
  const files = new Map<number, HeldFile>();
  for (const row of rows) {
    const file = files.get(Number(row.file)) ?? { id: Number(row.file), holders: [] };
    const uid = columnText(row.uid);
    const field = columnText(row.field);
    if (uid !== null && field !== null) file.holders.push({ uid, id: Number(row.id), field });
    files.set(file.id, file);
  }
  return [...files.values()];
};

/** Files with one of these hashes, in one statement. */
export const findFiles = async (
  strapi: Core.Strapi,
  hashes: readonly string[]
): Promise<HeldFile[]> => byFile(await runSql(strapi, heldFiles(strapi).whereIn('f.hash', hashes)));

/**
 * Files whose address, or a format's, ends in this name, capitals aside. It reads the whole table:
 * for a file that is on the disk, but under no hash we know.
 */
export const searchFiles = async (strapi: Core.Strapi, name: string): Promise<HeldFile[]> => {
  const kind = strapi.db.dialect.client === 'mysql' ? 'char' : 'text';
  const lower = name.toLowerCase();
  const query = heldFiles(strapi).where((any) => {
    void any
      .whereRaw('lower(f.url) like ?', [`%/${lower}`])
      .orWhereRaw(`lower(cast(f.formats as ${kind})) like ?`, [`%/${lower}"%`]);
  });
  return byFile(await runSql(strapi, query));
};

/** What holds these components, one level up: one statement, whatever the kinds. */
export const findComponentHolders = async (
  strapi: Core.Strapi,
  components: ReadonlyMap<string, readonly number[]>,
  parents: readonly ComponentTable[]
): Promise<(Holding & { component: ComponentRef })[]> => {
  if (parents.length === 0) return [];
  const selects = parents.map((parent) => {
    const table = componentTable(strapi, parent);
    return strapi.db
      .connection(qualified(strapi, table.plainName))
      .select({
        id: table.entity,
        field: table.field,
        component_uid: table.type,
        component_id: table.component,
      })
      .select(strapi.db.connection.raw('? as uid', [parent.uid]))
      .where((any) => {
        for (const [uid, ids] of components) {
          void any.orWhere((one) => {
            void one.where(table.type, uid).whereIn(table.component, ids);
          });
        }
      });
  });
  const [first, ...others] = selects;
  const rows: SqlRow[] = first ? await runSql(strapi, first.unionAll(others)) : [];
  return rows.map((row) => ({
    uid: columnText(row.uid) ?? '',
    id: Number(row.id),
    field: columnText(row.field) ?? '',
    component: { uid: columnText(row.component_uid) ?? '', id: Number(row.component_id) },
  }));
};

/** The rows of one content type that are still there, by id, with the rules of their documents. */
export const findStandings = async (
  strapi: Core.Strapi,
  uid: string,
  ids: readonly number[]
): Promise<Map<number, Standing>> => {
  const query = strapi.db
    .connection(`${sqlTable(strapi, uid)} as t`)
    .leftJoin(`${sqlTable(strapi, UID.rule)} as r`, (on) => {
      on.on('r.target_document_id', 't.document_id').andOnVal('r.target_uid', uid);
    })
    .select({
      id: 't.id',
      published_at: 't.published_at',
      rule: 'r.id',
      visibility: 'r.visibility',
      opens_at: 'r.opens_at',
    })
    .whereIn('t.id', ids);
  const rows = await runSql(strapi, query);
  return new Map(
    rows.map((row) => [
      Number(row.id),
      {
        published: columnText(row.published_at) !== null,
        rule:
          row.rule === null
            ? null
            : { visibility: columnText(row.visibility), opensAt: columnMs(row.opens_at) },
      },
    ])
  );
};
