import type { ComponentTable } from '../../store/files';
import type { Attribute, Model } from '../../strapi-types';
import type { GatedTypes } from '../gated-types';
import type { GetModel } from '../walk';

/** Where in the site's schemas files can be; read once, since schemas change with a restart. */
export interface Places {
  /** Whether any attribute of the site protects files: if none does, nothing is ever asked. */
  any: boolean;
  /** Whether a file held here may be protected: in a component it depends on what holds that. */
  mayProtect(uid: string, field: string): boolean;
  /** The attributes of a model through which it holds files, itself or in components. */
  carriers(uid: string): readonly string[];
  /** Those of a gated type that are protected. */
  protectedCarriers(uid: string): readonly string[];
  /** Components that protected attributes may hold. */
  protectedComponents: ReadonlySet<string>;
  /** The models that may hold a component of this kind. */
  parentsOf(component: string): readonly ComponentTable[];
}

/** The kinds of component an attribute may hold. */
export const componentsIn = (attribute: Attribute | undefined): readonly string[] => {
  if (attribute?.type === 'component') return [attribute.component];
  return attribute?.type === 'dynamiczone' ? attribute.components : [];
};

export const readPlaces = (
  models: readonly Model[],
  types: GatedTypes,
  getModel: GetModel
): Places => {
  const attributesOf = (uid: string): [string, Attribute][] =>
    Object.entries(getModel(uid)?.attributes ?? {});

  /** A component, and every one below it. */
  const withThoseBelow = (uid: string, found = new Set<string>()): Set<string> => {
    if (found.has(uid)) return found;
    found.add(uid);
    for (const [, attribute] of attributesOf(uid)) {
      for (const below of componentsIn(attribute)) withThoseBelow(below, found);
    }
    return found;
  };

  const hasMedia = (uid: string): boolean =>
    attributesOf(uid).some(([, { type }]) => type === 'media');

  const carries = (attribute: Attribute): boolean =>
    attribute.type === 'media' ||
    componentsIn(attribute).some((uid) => [...withThoseBelow(uid)].some(hasMedia));

  const carriers = new Map<string, string[]>();
  const parents = new Map<string, ComponentTable[]>();
  for (const { uid } of models) {
    const attributes = attributesOf(uid);
    carriers.set(
      uid,
      attributes.filter(([, attribute]) => carries(attribute)).map(([key]) => key)
    );
    const held = new Map<string, ComponentTable>();
    for (const [attribute, schema] of attributes) {
      for (const component of componentsIn(schema)) held.set(component, { uid, attribute });
    }
    for (const [component, parent] of held) {
      parents.set(component, [...(parents.get(component) ?? []), parent]);
    }
  }

  const isProtected = (uid: string, field: string): boolean => {
    const type = types.get(uid);
    return type !== undefined && !type.open.has(field);
  };
  const protectedCarriers = new Map<string, string[]>();
  const protectedComponents = new Set<string>();
  for (const uid of types.keys()) {
    const keys = (carriers.get(uid) ?? []).filter((key) => isProtected(uid, key));
    protectedCarriers.set(uid, keys);
    for (const component of keys.flatMap((key) => componentsIn(getModel(uid)?.attributes[key]))) {
      withThoseBelow(component, protectedComponents);
    }
  }

  return {
    any: [...protectedCarriers.values()].some((keys) => keys.length > 0),
    mayProtect: (uid, field) => isProtected(uid, field) || protectedComponents.has(uid),
    carriers: (uid) => carriers.get(uid) ?? [],
    protectedCarriers: (uid) => protectedCarriers.get(uid) ?? [],
    protectedComponents,
    parentsOf: (component) => parents.get(component) ?? [],
  };
};
