import type { Core } from '@strapi/strapi';
import type { Model } from '../strapi-types';
import type { Gate } from './gate';
import type { GatedType } from './gated-types';

/** What Strapi's `_q` looks into (`@strapi/database` query/helpers/search), as attribute types. */
const TEXT = new Set(['string', 'text', 'uid', 'email', 'enumeration', 'richtext']);

/** A search of the open keys alone, as filters. */
const openSearch = (model: Model, type: GatedType, text: string): Record<string, unknown> => {
  const keys = Object.entries(model.attributes)
    .filter(
      ([key, { type: kind, private: hidden }]) => type.open.has(key) && TEXT.has(kind) && !hidden
    )
    .map(([key]) => key);
  // Nothing to search finds nothing; an empty `$or` would find everything.
  if (keys.length === 0) return { documentId: { $null: true } };
  return { $or: keys.map((key) => ({ [key]: { $containsi: text } })) };
};

const isParams = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What a search has a say in: a delete takes only what it finds, too. */
const SEARCHED = new Set(['findMany', 'findFirst', 'findOne', 'count', 'delete']);

/**
 * Strapi's `_q` searches every string of a type, private ones too: for whoever may not read the
 * whole type it becomes a search of what everybody sees. REST, GraphQL and counts all come by here.
 */
export const narrowSearch = (strapi: Core.Strapi, gate: () => Gate): void => {
  strapi.documents.use(async (context, next) => {
    const params: unknown = context.params;
    if (!SEARCHED.has(context.action) || !isParams(params) || !params._q) return next();
    const ctx = gate().current();
    const type = gate().types.get(context.uid);
    const model = gate().getModel(context.uid);
    if (!ctx || !type || !model) return next();
    if ((await gate().request(ctx).caller()).readAll) return next();

    const { _q: text, filters, ...rest } = params;
    const search = openSearch(model, type, typeof text === 'string' ? text : JSON.stringify(text));
    Reflect.set(context, 'params', {
      ...rest,
      filters: filters ? { $and: [filters, search] } : search,
    });
    return next();
  });
};
