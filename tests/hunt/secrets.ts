import type { Core } from '@strapi/strapi';
import { FILE, hasDrafts, writable, type Attribute, type Model, type Schema } from './schema';
import { canary, MARKER, numberOf, valueOf, type Owner } from './values';

interface Row {
  id: number;
  [key: string]: unknown;
}

interface Joined {
  name: string;
  joinColumn: { name: string };
}

export interface Work {
  strapi: Core.Strapi;
  schema: Schema;
  /** Either the media of entries are changed, or everything else of them. */
  media: boolean;
  /** Files nobody holds, with canaries of their own: protected media are swapped for them. */
  spare: readonly number[];
  admins: readonly number[];
}

const textOf = (value: unknown): string => JSON.stringify(value ?? null);

/** What stands above the marker of a value; undefined: it has none. */
const freeOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') {
    return value.includes(MARKER) ? (value.split(`\n\n${MARKER}`)[0] ?? '') : undefined;
  }
  if (!Array.isArray(value) || !textOf(value).includes(MARKER)) return undefined;
  const [first]: { children?: { text?: string }[] }[] = value;
  return first?.children?.[0]?.text ?? '';
};

/** Another value of the same kind: longer, later, larger, or none where there was one. */
const another = (attribute: Attribute, value: unknown, owner: Owner, name: string): unknown => {
  const n = numberOf(name);
  const free = owner.version === 'draft' ? undefined : freeOf(value);
  // An entry's free part is everybody's, and so is whether there is one.
  if (value !== null && free === undefined && n % 5 === 0) return null;
  return valueOf(attribute, { text: canary(owner, n % 1000, true), free, n, late: true });
};

const joinOf = ({ strapi }: Work, uid: string, key: string): Joined | null => {
  const attribute: unknown = strapi.db.metadata.get(uid).attributes[key];
  if (typeof attribute !== 'object' || attribute === null || !('joinTable' in attribute))
    return null;
  const { joinTable }: { joinTable?: unknown } = attribute;
  const isJoined = (value: unknown): value is Joined =>
    typeof value === 'object' && value !== null && 'joinColumn' in value;
  return isJoined(joinTable) ? joinTable : null;
};

interface PartRow {
  id: number;
  cmp_id: number;
  component_type: string;
  order: number | null;
}

/** The components an attribute holds: each is changed, and their order and number are too. */
const changeParts = async (
  work: Work,
  uid: string,
  id: number,
  key: string,
  owner: Owner
): Promise<void> => {
  const join = joinOf(work, uid, key);
  if (!join) return;
  const { connection } = work.strapi.db;
  const rows: PartRow[] = await connection(join.name)
    .where({ [join.joinColumn.name]: id, field: key })
    .orderBy('order');
  for (const { cmp_id, component_type } of rows) {
    const model = work.schema.get(component_type);
    const part: Row | null = await work.strapi.db
      .query(component_type)
      .findOne({ where: { id: cmp_id } });
    if (model && part) await changeRow(work, model, part, owner, () => true);
  }
  if (work.media) return;
  for (const [at, row] of rows.entries()) {
    const order = rows[rows.length - 1 - at]?.order ?? null;
    await connection(join.name).where({ id: row.id }).update({ order });
  }
  const [first] = rows;
  const drops = numberOf('parts', uid, id, key) % 3 === 0;
  if (first && drops) await connection(join.name).where({ id: first.id }).delete();
};

const changeFiles = async (
  work: Work,
  uid: string,
  id: number,
  key: string,
  attribute: Attribute
) => {
  const { strapi, spare } = work;
  const n = numberOf('files', uid, id, key);
  const next = spare[n % spare.length];
  // One more, or one fewer, or another.
  const files = attribute.multiple ? spare.slice(0, n % 4) : n % 4 === 0 ? null : next;
  await strapi.db.query(uid).update({ where: { id }, data: { [key]: files } });
};

/** Other entries of the same type in place of the related ones. */
const changeRelation = async (work: Work, uid: string, row: Row, key: string, target: string) => {
  const others: Row[] = await work.strapi.db
    .query(target)
    .findMany({ select: ['id'], limit: 50, orderBy: { id: 'asc' } });
  const n = numberOf('relation', uid, row.id, key);
  const attribute = work.schema.get(uid)?.attributes[key];
  const picked = others[n % Math.max(others.length, 1)]?.id;
  const many = /ToMany$/i.test(attribute?.relation ?? '');
  const data = { [key]: many ? (n % 3 === 0 || !picked ? [] : [picked]) : picked };
  await work.strapi.db.query(uid).update({ where: { id: row.id }, data });
};

/** A relation that its other side shows too is no secret of this one. */
const showsElsewhere = (attribute: Attribute): boolean =>
  'mappedBy' in attribute || 'inversedBy' in attribute;

const changeRow = async (
  work: Work,
  model: Model,
  row: Row,
  owner: Owner,
  isSecret: (key: string) => boolean
): Promise<void> => {
  const { strapi } = work;
  const data: Record<string, unknown> = {};
  for (const [key, attribute] of writable(model)) {
    if (!isSecret(key)) continue;
    const { type, target } = attribute;
    if (type === 'component' || type === 'dynamiczone') {
      await changeParts(work, model.uid, row.id, key, owner);
    } else if (type === 'media') {
      if (work.media) await changeFiles(work, model.uid, row.id, key, attribute);
    } else if (work.media) continue;
    else if (type === 'relation') {
      if (target && !showsElsewhere(attribute)) {
        await changeRelation(work, model.uid, row, key, target);
      }
    } else data[key] = another(attribute, row[key], owner, `${model.uid} ${row.id} ${key}`);
  }
  if ('updatedAt' in row && !work.media) data.createdBy = work.admins[0] ?? null;
  if (Object.keys(data).length === 0) return;
  await strapi.db.query(model.uid).update({ where: { id: row.id }, data });
};

/** The files of a rule's protected media: other names and addresses. */
export const changeFileRows = async ({ strapi }: Work, rule: string): Promise<void> => {
  const files: { id: number; name: string }[] = await strapi.db.query(FILE).findMany();
  for (const { id, name } of files) {
    if (!name.startsWith(`CANARY.${rule}.shared`)) continue;
    const said = canary({ rule, version: 'shared' }, id, true);
    const data = { name: said, alternativeText: said, caption: said, size: 999, width: 7 };
    const url = `/uploads/${said.replace(/\W/g, '')}.png`;
    await strapi.db.query(FILE).update({ where: { id }, data: { ...data, url } });
  }
};

/** Changes everything protected in the entries of one owner. */
export const changeSecrets = async (
  work: Work,
  owner: Owner,
  ruleOf: (documentId: string) => string | undefined
): Promise<void> => {
  for (const model of work.schema.own.filter((one) => work.schema.isGated(one))) {
    const rows: (Row & { documentId: string; publishedAt?: unknown })[] = await work.strapi.db
      .query(model.uid)
      .findMany({ orderBy: { id: 'asc' } });
    for (const row of rows) {
      const version = hasDrafts(model) && row.publishedAt === null ? 'draft' : 'live';
      if (ruleOf(row.documentId) !== owner.rule || version !== owner.version) continue;
      await changeRow(work, model, row, owner, (key) => work.schema.isProtected(model, key));
    }
  }
};
