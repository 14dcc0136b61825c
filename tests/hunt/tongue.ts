import type * as fc from 'fast-check';
import { type Pools } from './pools';
import { FILE, isLocalized, targetsOf, type Attribute, type Model, type Schema } from './schema';

/** What may be written into a query string. */
export type Param = string | Param[] | { [key: string]: Param };

/** What questions are made of. */
export interface Tongue {
  schema: Schema;
  pools: Pools;
  /** Asks about nothing protected, and for no drafts: it is answered. */
  polite: boolean;
  /** Names what Strapi itself refuses to everybody. */
  wild: boolean;
  /** What was made of a type at a depth: types lead to each other, and back. */
  known: Map<string, fc.Arbitrary<Param>>;
}

export const once = (
  { known }: Tongue,
  name: string,
  make: () => fc.Arbitrary<Param>
): fc.Arbitrary<Param> => {
  const made = known.get(name) ?? make();
  known.set(name, made);
  return made;
};

/** Types that a reader has no permission for. */
const ELSEWHERE = /^admin::|^plugin::(users-permissions\.(role|permission)|upload\.folder|i18n)/;

/** What Strapi refuses to read of any entry, or has not where it says so. */
const isOutOfReach = (model: Model, key: string, attribute: Attribute): boolean =>
  attribute.private === true ||
  attribute.type === 'password' ||
  targetsOf(attribute).some((uid) => ELSEWHERE.test(uid)) ||
  (['locale', 'localizations'].includes(key) && !isLocalized(model)) ||
  (model.uid === FILE && ['related', 'folder', 'folderPath'].includes(key));

/** Whether a tongue names an attribute at all. */
export const isNamed = ({ wild }: Tongue, model: Model, key: string): boolean => {
  const attribute = model.attributes[key];
  return wild || !attribute || !isOutOfReach(model, key, attribute);
};

/** Whether a tongue asks a question about an attribute. */
export const isAskable = (tongue: Tongue, model: Model, key: string): boolean =>
  isNamed(tongue, model, key) && !(tongue.polite && tongue.schema.isProtected(model, key));

const only = (model: Model, keep: (key: string) => boolean): [string, Attribute][] =>
  Object.entries(model.attributes).filter(([key]) => keep(key));

export const askable = (tongue: Tongue, model: Model): [string, Attribute][] =>
  only(model, (key) => isAskable(tongue, model, key));

export const named = (tongue: Tongue, model: Model): [string, Attribute][] =>
  only(model, (key) => isNamed(tongue, model, key));
