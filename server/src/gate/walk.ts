import type { Attribute, Entry, Model } from '../strapi-types';

/** Finds a content type or component by uid. */
export type GetModel = (uid: string) => Model | undefined;

const FILE_UID = 'plugin::upload.file';

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Where the entries below an attribute have their schema. */
const targetOf = (attribute: Attribute, entry: Entry, getModel: GetModel): Model | undefined => {
  const named = (uid: unknown) => (typeof uid === 'string' ? getModel(uid) : undefined);
  switch (attribute.type) {
    case 'relation':
      // A polymorphic relation has no target: each entry says what it is.
      return attribute.relation?.toLowerCase().startsWith('morph') && !attribute.target
        ? named(entry.__type)
        : named(attribute.target);
    case 'media':
      return getModel(FILE_UID);
    case 'component':
      return named(attribute.component);
    case 'dynamiczone':
      return named(entry.__component);
    default:
      return undefined;
  }
};

const NESTING = new Set(['relation', 'media', 'component', 'dynamiczone']);

const mapEach = (value: unknown, map: (entry: Entry) => unknown): unknown => {
  if (!Array.isArray(value)) return isEntry(value) ? map(value) : value;
  const items: unknown[] = value;
  let out = items;
  items.forEach((item, at) => {
    const next = mapEach(item, map);
    if (next === item) return;
    if (out === items) out = [...items];
    out[at] = next;
  });
  return out;
};

/**
 * Walks an answer along its schema and replaces each entry by what `visit` makes of it, outer
 * entries first: what `visit` takes away is not walked. Nothing is changed in place; what has
 * nothing to change is returned as it was.
 *
 * Strapi's own `traverseEntity` does the same with a clone and a promise per key; this is on the
 * path of every answer, and needs neither.
 */
export const walk = (
  value: unknown,
  model: Model,
  getModel: GetModel,
  visit: (entry: Entry, model: Model) => Entry
): unknown =>
  mapEach(value, (entry) => {
    let out = visit(entry, model);
    for (const key of Object.keys(out)) {
      const attribute = model.attributes[key];
      if (!attribute || !NESTING.has(attribute.type)) continue;
      const before = out[key];
      const after = mapEach(before, (child) => {
        const target = targetOf(attribute, child, getModel);
        return target ? walk(child, target, getModel, visit) : child;
      });
      if (after === before) continue;
      if (out === entry) out = { ...entry };
      out[key] = after;
    }
    return out;
  });
