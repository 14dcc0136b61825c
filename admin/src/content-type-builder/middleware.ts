import type { StrapiApp } from '@strapi/strapi/admin';

import { isBuilderType } from './guards';
import { markTeasers } from './teasers';

type Middleware = ReturnType<Parameters<StrapiApp['addMiddlewares']>[0][number]>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What the builder does with the schemas it has fetched (`@strapi/content-type-builder` DataManager). */
const LOADED = 'data-manager/init';

const marked = (types: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(types).map(([uid, type]) => [
      uid,
      isBuilderType(type) ? markTeasers(type) : type,
    ])
  );

interface Action {
  type: string;
  payload?: unknown;
}

const withMarks = (action: Action): Action => {
  const { type, payload } = action;
  if (type !== LOADED || !isObject(payload) || !isObject(payload.contentTypes)) return action;
  return { ...action, payload: { ...payload, contentTypes: marked(payload.contentTypes) } };
};

/** Marks the teasers among the fields of every schema that the builder loads. */
export const keepTeaserMarks: Middleware = () => (next) => (action: Action) => {
  const passed: unknown = next(withMarks(action));
  return passed;
};
