import type { Entry, Model } from '../strapi-types';
import { everyWay } from './walk';

/** Puts the entries below an entry into the order of its schema. */
export type InOrder = (entry: Entry, model: Model) => Entry;

const isSorted = (places: readonly number[]): boolean =>
  places.every((place, at) => at === 0 || (places[at - 1] ?? 0) < place);

/**
 * Strapi loads what is populated side by side (`@strapi/database` query/helpers/populate/apply) and
 * sets each key when it is there: sooner where a locked entry holds nothing to go on with. The order
 * of the keys would tell, so it is made the schema's.
 */
export const createInOrder = (): InOrder => {
  const known = new WeakMap<Model, ReadonlyMap<string, number>>();
  const placesOf = (model: Model): ReadonlyMap<string, number> => {
    const places =
      known.get(model) ?? new Map(everyWay(model).map(([key], at): [string, number] => [key, at]));
    known.set(model, places);
    return places;
  };
  return (entry, model) => {
    const places = placesOf(model);
    const keys = Object.keys(entry).filter((key) => places.has(key));
    if (keys.length < 2 || isSorted(keys.map((key) => places.get(key) ?? 0))) return entry;
    const out: Entry = {};
    for (const key of Object.keys(entry)) if (!places.has(key)) out[key] = entry[key];
    for (const key of places.keys()) if (key in entry) out[key] = entry[key];
    return out;
  };
};
