import { errors, traverse } from '@strapi/utils';
import type { Model } from '../strapi-types';
import type { GatedTypes } from './gated-types';
import type { GetModel } from './walk';

/**
 * The question side: a filter or a sort on a protected attribute answers yes or no about it, page
 * by page, without ever showing it. Such questions are refused as Strapi refuses private attributes:
 * 400, naming the key.
 */

interface Where {
  types: GatedTypes;
  getModel: GetModel;
}

interface Place {
  key: string;
  path: string | null;
  param: string;
}

const refuse = ({ key, path, param }: Place): never => {
  const where = path && path !== key ? ` at ${path}` : '';
  throw new errors.ValidationError(`Invalid key ${key}${where}`, {
    key,
    path: path ?? key,
    source: 'query',
    param,
  });
};

const isProtected = ({ types }: Where, uid: string | undefined, key: string): boolean => {
  const type = uid === undefined ? undefined : types.get(uid);
  return type !== undefined && !type.open.has(key);
};

/** Strapi's traversals want a function that always finds a model; an empty one has nothing to walk. */
const modelGetter = ({ getModel }: Where) => {
  const none: Model = { modelType: 'component', uid: '', attributes: {} };
  return (uid: string): Model => getModel(uid) ?? none;
};

const refuseFilters = async (where: Where, model: Model, filters: unknown, param: string) => {
  await traverse.traverseQueryFilters(
    ({ key, attribute, schema, path }) => {
      if (attribute && isProtected(where, schema?.uid, key)) {
        refuse({ key, path: path.attribute, param });
      }
    },
    { schema: model, getModel: modelGetter(where) },
    filters
  );
};

const refuseSort = async (where: Where, model: Model, sort: unknown, param: string) => {
  await traverse.traverseQuerySort(
    ({ key, attribute, schema, path }) => {
      if (attribute && isProtected(where, schema?.uid, key)) {
        refuse({ key, path: path.attribute, param });
      }
    },
    { schema: model, getModel: modelGetter(where) },
    sort
  );
};

const RELATIONAL = new Set(['relation', 'media', 'component', 'dynamiczone']);

/** Through a relation, which Strapi cannot write down everywhere. */
const isDeepSort = (sort: unknown): boolean => {
  if (typeof sort === 'string') return sort.includes('.');
  if (typeof sort !== 'object' || sort === null) return false;
  return Array.isArray(sort)
    ? sort.some(isDeepSort)
    : Object.values(sort).some((order) => typeof order === 'object');
};

/** Components have none, and Strapi lets it pass all the same. */
const asksForDocumentId = (filters: unknown): boolean =>
  typeof filters === 'object' &&
  filters !== null &&
  Object.entries(filters).some(([key, value]) => key === 'documentId' || asksForDocumentId(value));

/**
 * Whether Strapi answers a question with an error. Below a protected attribute that tells that a
 * locked entry holds something there: the database is asked only then.
 */
const isUnanswerable = (model: Model, key: string, value: unknown): boolean =>
  key === 'sort' ? isDeepSort(value) : model.modelType === 'component' && asksForDocumentId(value);

/** Walks `populate`: refuses what is nested in it, and says which gated types it reaches. */
const refusePopulate = async (where: Where, model: Model, populate: unknown): Promise<boolean> => {
  let reaches = false;
  const nested: (() => Promise<void>)[] = [];
  const closed: Place[] = [];
  const closedAbove = (path: string | null): Place | undefined =>
    closed.find((one) => path === one.path || path?.startsWith(`${one.path}.`));
  const reach = (target: unknown) => {
    // A polymorphic relation may hold anything.
    reaches ||= typeof target !== 'string' || where.types.has(target);
  };
  await traverse.traverseQueryPopulate(
    ({ key, value, attribute, schema, parent, path }) => {
      if (attribute && !parent?.attribute) {
        if (isProtected(where, schema.uid, key)) {
          closed.push({ key, path: path.attribute, param: 'populate' });
        }
        if (attribute.type === 'relation') reach(attribute.target);
        return;
      }
      // Keywords, as Strapi's own validators tell them from attributes of the same name.
      if (key === 'filters') nested.push(() => refuseFilters(where, schema, value, 'populate'));
      if (key === 'sort') nested.push(() => refuseSort(where, schema, value, 'populate'));
      const asks = (key === 'filters' || key === 'sort') && isUnanswerable(schema, key, value);
      const above = asks ? closedAbove(path.attribute) : undefined;
      if (above) nested.push(() => Promise.resolve(refuse(above)));
      if (key === '' && value === '*') {
        for (const { type, target } of Object.values(schema.attributes)) {
          if (type === 'relation') reach(target);
          else if (RELATIONAL.has(type)) reaches ||= type !== 'media';
        }
      }
    },
    { schema: model, getModel: modelGetter(where) },
    populate
  );
  for (const check of nested) await check();
  return reaches;
};

/**
 * Parameters that ask about drafts; whether one exists, and what it says, is for staff. Of what is not
 * plainly `published` (`?status=`, `?status[]=published`) Strapi makes no status, or `draft`.
 */
const asksForDrafts = (query: Record<string, unknown>): string | null => {
  if (query.status !== undefined && query.status !== 'published') return 'status';
  return (
    ['publicationFilter', 'hasPublishedVersion'].find((key) => query[key] !== undefined) ?? null
  );
};

/** @throws ValidationError naming the parameter that asks for drafts */
export const refuseDrafts = (query: Record<string, unknown>): void => {
  const drafts = asksForDrafts(query);
  if (drafts !== null) refuse({ key: drafts, path: drafts, param: drafts });
};

const QUESTIONS = [
  'filters',
  'sort',
  'populate',
  'status',
  'publicationFilter',
  'hasPublishedVersion',
];

/** Whether there is anything in a query that could be refused. */
export const asksAnything = (query: Record<string, unknown>): boolean =>
  QUESTIONS.some((key) => query[key] !== undefined);

/**
 * Refuses a query that asks about what its reader may not read.
 *
 * @returns whether the query reaches a gated type
 * @throws ValidationError naming the key
 */
export const refuseQuestions = async (
  where: Where,
  model: Model,
  query: Record<string, unknown>
): Promise<boolean> => {
  const { filters, sort, populate } = query;
  if (filters) await refuseFilters(where, model, filters, 'filters');
  if (sort) await refuseSort(where, model, sort, 'sort');
  const reaches =
    (populate ? await refusePopulate(where, model, populate) : false) || where.types.has(model.uid);
  if (reaches) refuseDrafts(query);
  return reaches;
};
