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

/** The attributes of a model that hold entries. */
export type Ways = (model: Model) => readonly (readonly [string, Attribute])[];

/** All of them, in the schema's order. */
export const everyWay: Ways = ({ attributes }) =>
  Object.entries(attributes).filter(([, { type }]) => NESTING.has(type));

/** The schemas below an attribute; null where any may be. */
const targetsOf = (attribute: Attribute): string[] | null => {
  switch (attribute.type) {
    case 'relation':
      return attribute.target ? [attribute.target] : null;
    case 'media':
      return [FILE_UID];
    case 'component':
      return [attribute.component];
    default:
      return attribute.type === 'dynamiczone' ? [...attribute.components] : [];
  }
};

/**
 * The ways that may lead to an entry of some types, however deep; found once per site, so that an
 * answer is not walked where there is nothing to find.
 */
export const waysTo = (models: Iterable<Model>, isWanted: (uid: string) => boolean): Ways => {
  const all = [...models];
  const leading = new Set(all.map(({ uid }) => uid).filter(isWanted));
  const leads = ([, attribute]: readonly [string, Attribute]): boolean =>
    targetsOf(attribute)?.some((uid) => leading.has(uid)) ?? leading.size > 0;
  // What leads to a leading type leads too, until nothing is added.
  for (let before = -1; before < leading.size;) {
    before = leading.size;
    for (const model of all) if (everyWay(model).some(leads)) leading.add(model.uid);
  }
  const found = new WeakMap<Model, ReturnType<Ways>>();
  return (model) => {
    const known = found.get(model) ?? everyWay(model).filter(leads);
    found.set(model, known);
    return known;
  };
};

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
 *
 * @param ways which attributes to follow; all that hold entries when absent
 */
export const walk = (
  value: unknown,
  model: Model,
  getModel: GetModel,
  visit: (entry: Entry, model: Model) => Entry,
  ways: Ways = everyWay
): unknown =>
  mapEach(value, (entry) => {
    let out = visit(entry, model);
    for (const [key, attribute] of ways(model)) {
      const before = out[key];
      if (before === undefined || before === null) continue;
      const after = mapEach(before, (child) => {
        const target = targetOf(attribute, child, getModel);
        return target ? walk(child, target, getModel, visit, ways) : child;
      });
      if (after === before) continue;
      if (out === entry) out = { ...entry };
      out[key] = after;
    }
    return out;
  });
