import type { Core } from '@strapi/strapi';
import type { Model } from '../strapi-types';
import type { Gate } from './gate';
import { asksAnything, refuseQuestions } from './questions';

/**
 * Guards what a content-API query may ask. Every core controller, `/api/users`, `/api/upload` and
 * GraphQL's roots and nested fields call `validate.query`; custom controllers often `sanitize.query`
 * alone, or the sanitizer of one parameter, so all of them refuse.
 */
export const guardQuestions = (strapi: Core.Strapi, gate: () => Gate): void => {
  const { validate, sanitize } = strapi.contentAPI;

  /** Queries that were let through in their request: asked again, they need no second walk. */
  const passed = new WeakMap<object, Set<string>>();

  const guard = async (query: Record<string, unknown>, model: Model): Promise<void> => {
    const ctx = gate().current();
    if (!ctx || passed.get(query)?.has(model.uid)) return;
    if (!asksAnything(query)) {
      if (gate().types.has(model.uid)) gate().touch(ctx);
      return;
    }
    const caller = await gate().request(ctx).caller();
    if (caller.readAll) {
      if (gate().types.has(model.uid)) gate().touch(ctx);
      return;
    }
    try {
      if (await refuseQuestions(gate(), model, query)) gate().touch(ctx);
    } catch (error) {
      gate().touch(ctx);
      throw error;
    }
    passed.set(query, (passed.get(query) ?? new Set()).add(model.uid));
  };

  const { query: validateQuery, filters, sort, populate } = validate;
  validate.query = async (query, schema, options) => {
    const answer = await validateQuery(query, schema, options);
    await guard(query, schema);
    return answer;
  };
  validate.filters = async (value, schema, options) => {
    const answer = await filters(value, schema, options);
    await guard({ filters: value }, schema);
    return answer;
  };
  validate.sort = async (value, schema, options) => {
    const answer = await sort(value, schema, options);
    await guard({ sort: value }, schema);
    return answer;
  };
  validate.populate = async (value, schema) => {
    const answer = await populate(value, schema);
    await guard({ populate: value }, schema);
    return answer;
  };

  const cleaned = { ...sanitize };
  sanitize.query = async (query, schema, options = {}) => {
    await guard(query, schema);
    return cleaned.query(query, schema, options);
  };
  sanitize.filters = async (value, schema, options) => {
    await guard({ filters: value }, schema);
    return cleaned.filters(value, schema, options);
  };
  sanitize.sort = async (value, schema, options) => {
    await guard({ sort: value }, schema);
    return cleaned.sort(value, schema, options);
  };
  sanitize.populate = async (value, schema) => {
    await guard({ populate: value }, schema);
    return cleaned.populate(value, schema);
  };
};
