import type { Core } from '@strapi/strapi';
import { documentsOf, type GateSite } from '../integration/gate-support';
import { HUNTED } from './rules';
import {
  FILE,
  hasDrafts,
  isLocalized,
  isNesting,
  targetsOf,
  USER,
  writable,
  type Attribute,
  type Model,
  type Schema,
} from './schema';
import { canary, numberOf, valueOf, type Owner } from './values';

/** One document of one type; `rule` where its type is gated. */
export interface Document {
  model: Model;
  documentId: string;
  rule: string | null;
  name: string;
}

/** Adds a file to the library. @returns its id */
export const addFile = async (strapi: Core.Strapi, name: string): Promise<number> => {
  const hash = name.replace(/\W/g, '');
  const file: { id: number } = await strapi.db.query(FILE).create({
    data: {
      name,
      hash,
      alternativeText: name,
      ext: '.png',
      mime: 'image/png',
      size: 1,
      url: `/uploads/${hash}.png`,
      provider: 'local',
      folderPath: '/',
    },
  });
  return file.id;
};

/** Fills a site, whatever its schemas are: documents of every type, gated ones of every rule. */
export const seed = async (site: GateSite, schema: Schema): Promise<Document[]> => {
  const { strapi } = site;
  let files = 0;

  const text = (owner: Owner | null, n: number) => (owner ? canary(owner, n) : `Plain ${n}`);

  const media = async (attribute: Attribute, owner: Owner | null): Promise<number | number[]> => {
    const one = async () => {
      files += 1;
      const shared = owner && { rule: owner.rule, version: 'shared' as const };
      return addFile(strapi, shared ? canary(shared, files) : `File ${files}`);
    };
    return attribute.multiple ? [await one(), await one()] : one();
  };

  const component = async (uid: string, owner: Owner | null, name: string) => {
    const model = schema.get(uid);
    return model ? fill(model, () => owner, name) : {};
  };

  /** Values for every attribute; `ownerOf` says whose an attribute's value is, null: everybody's. */
  const fill = async (
    model: Model,
    ownerOf: (key: string) => Owner | null,
    name: string
  ): Promise<Record<string, unknown>> => {
    const data: Record<string, unknown> = {};
    for (const [key, attribute] of writable(model)) {
      const owner = ownerOf(key);
      const n = numberOf(name, key);
      if (attribute.type === 'relation') continue;
      if (attribute.type === 'media') data[key] = await media(attribute, owner);
      else if (isNesting(attribute)) {
        const wanted =
          attribute.type === 'dynamiczone' || attribute.repeatable
            ? [...targetsOf(attribute), ...targetsOf(attribute)].slice(0, 3)
            : targetsOf(attribute);
        const parts: Record<string, unknown>[] = [];
        for (const [at, uid] of wanted.entries()) {
          const part = await component(uid, owner, `${name} ${key} ${at}`);
          parts.push(attribute.type === 'dynamiczone' ? { __component: uid, ...part } : part);
        }
        data[key] = attribute.type === 'dynamiczone' || attribute.repeatable ? parts : parts[0];
      } else if (owner && n % 5 === 0 && !attribute.required) data[key] = null;
      else {
        const said = owner || attribute.type !== 'uid' ? text(owner, n % 1000) : name;
        // A draft has no free part; an entry's may be read by everybody.
        const preface = owner?.version === 'draft' ? canary(owner, n % 1000) : `Free ${n % 1000}`;
        const free = owner && n % 3 > 0 ? preface : undefined;
        data[key] = valueOf(attribute, { text: said, free, n });
      }
    }
    return data;
  };

  const dataOf = (model: Model, rule: string | null, version: 'live' | 'draft', name: string) =>
    fill(
      model,
      (key) => (rule !== null && schema.isProtected(model, key) ? { rule, version } : null),
      name
    );

  const create = async (model: Model, rule: string | null, name: string): Promise<Document> => {
    const documents = documentsOf(strapi, model.uid);
    const data = await dataOf(model, rule, 'live', name);
    const known: { documentId: string } | null =
      model.kind === 'singleType' ? await strapi.db.query(model.uid).findOne() : null;
    const { documentId } = known ?? (await documents.create({ data }));
    if (known) await documents.update({ documentId, data });
    const row = HUNTED.find((one) => one.name === rule)?.row;
    if (row) await addRule(site, documentId, model.uid, row);
    return { model, documentId, rule, name };
  };

  const relate = async ({ model, documentId, name }: Document, all: readonly Document[]) => {
    const data: Record<string, unknown> = {};
    for (const [key, attribute] of writable(model)) {
      if (attribute.type !== 'relation' || 'mappedBy' in attribute) continue;
      const others = all.filter((one) => one.model.uid === attribute.target);
      if (others.length === 0) continue;
      const from = numberOf(name, key);
      const picked = [0, 1, 2, 3].map((at) => others[(from + at * 3) % others.length]?.documentId);
      const many = /ToMany$/i.test(attribute.relation ?? '');
      data[key] = many ? [...new Set(picked)] : picked[0];
    }
    const status = hasDrafts(model) ? { status: 'published' } : {};
    await documentsOf(strapi, model.uid).update({ documentId, data, ...status });
  };

  const translate = async ({ model, documentId, rule, name }: Document) => {
    const data = await dataOf(model, rule, 'live', `${name} fr`);
    const status = hasDrafts(model) ? { status: 'published' } : {};
    await documentsOf(strapi, model.uid).update({ documentId, locale: 'fr', data, ...status });
  };

  const redraft = async ({ model, documentId, rule, name }: Document) => {
    const data = await dataOf(model, rule, 'draft', `${name} draft`);
    for (const [key, { type }] of writable(model)) if (type === 'uid') delete data[key];
    await documentsOf(strapi, model.uid).update({ documentId, data });
  };

  const all: Document[] = [];
  for (const model of schema.own) {
    const rules: (string | null)[] = schema.isGated(model)
      ? HUNTED.map(({ name }) => name)
      : [null, null, null];
    for (const [at, rule] of (model.kind === 'singleType' ? rules.slice(0, 1) : rules).entries()) {
      const name = `${model.info?.singularName ?? model.uid} ${rule ?? at}`;
      all.push(await create(model, rule, name));
    }
  }
  for (const document of all) await relate(document, all);
  for (const document of all.filter(({ model }) => isLocalized(model))) await translate(document);
  for (const document of all.filter(({ model }) => hasDrafts(model))) await redraft(document);
  await relateUsers(site, schema);
  return all;
};

const addRule = async (
  site: GateSite,
  documentId: string,
  uid: string,
  { visibility, tiers = [], opensIn, dripDays }: NonNullable<(typeof HUNTED)[number]['row']>
) => {
  const held: { id: number }[] = await site.strapi.db.query('plugin::memberships.tier').findMany({
    where: { documentId: { $in: tiers.map((tier) => site.tiers[tier]) } },
  });
  const opensAt = opensIn === undefined ? null : new Date(site.clock.now + opensIn * 3_600_000);
  await site.rule(
    documentId,
    { visibility, tiers: held.map(({ id }) => id), opensAt, dripDays },
    uid
  );
};

/** Whatever a site lets its users keep: everything published. */
const relateUsers = async ({ strapi, users }: GateSite, schema: Schema): Promise<void> => {
  const own = new Set(schema.own.map(({ uid }) => uid));
  for (const [key, attribute] of Object.entries(schema.get(USER)?.attributes ?? {})) {
    const model = schema.get(attribute.target);
    if (attribute.type !== 'relation' || !model || !own.has(model.uid)) continue;
    const rows: { id: number }[] = await strapi.db
      .query(model.uid)
      .findMany({ where: hasDrafts(model) ? { publishedAt: { $notNull: true } } : {} });
    const ids = rows.map(({ id }) => id);
    for (const id of Object.values(users)) {
      await strapi.db.query(USER).update({ where: { id }, data: { [key]: ids } });
    }
  }
};
