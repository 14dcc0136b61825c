import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { reachOf, type Reader } from '../domain/access';
import { readableWhere } from '../store/readable';
import type { RequestContext } from '../strapi-types';
import type { Gate } from './gate';
import type { GatedType } from './gated-types';
import { toReader } from './reader';
import { defaultRule, judge } from './verdicts';

/**
 * `?membership=readable` and `?membership=public` on a gated type's list: only what the caller, or
 * everybody, may read, with counts and pages to match.
 */

const PARAM = 'membership';
const VISITOR: Reader = { readAll: null, signedIn: false, suspended: false, grants: [] };

type Wanted = 'readable' | 'public';

const parse = (value: unknown): Wanted => {
  if (value === 'readable' || value === 'public') return value;
  throw new errors.ValidationError(`${PARAM} must be readable or public`, {
    key: PARAM,
    path: PARAM,
    source: 'query',
    param: PARAM,
  });
};

const isParams = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

interface Narrowing {
  uid: string;
  where: Record<string, unknown>;
}

const LISTS = new Set(['findMany', 'findFirst', 'count']);

export const narrowLists = (strapi: Core.Strapi, gate: () => Gate): void => {
  /**
   * From the document to the query engine: a subquery cannot travel in a document's `filters`, which
   * Strapi clones and validates key by key (`@strapi/utils` validate).
   */
  const narrowing = new AsyncLocalStorage<Narrowing | undefined>();

  const conditionFor = async (
    ctx: RequestContext,
    type: GatedType,
    wanted: Wanted
  ): Promise<Record<string, unknown> | null> => {
    const request = gate().request(ctx);
    const caller = await request.caller();
    if (wanted === 'readable' && caller.readAll) return null;
    const reader = wanted === 'public' ? VISITOR : toReader(caller, await request.holdings());
    const byDefault = judge(defaultRule(strapi, type), reader, request.at).decision.granted;
    return readableWhere(strapi, type.uid, reachOf(reader, request.at), byDefault, request.at);
  };

  strapi.documents.use(async (context, next) => {
    const params: unknown = context.params;
    const type = gate().types.get(context.uid);
    if (!type || !LISTS.has(context.action) || !isParams(params) || !(PARAM in params)) {
      return next();
    }
    const { [PARAM]: value, ...rest } = params;
    Reflect.set(context, 'params', rest);
    const ctx = gate().current();
    const where = ctx && (await conditionFor(ctx, type, parse(value)));
    return where ? narrowing.run({ uid: type.uid, where }, next) : next();
  });

  const narrow = (event: { model: { uid: string }; params: { where?: unknown } }): void => {
    const wanted = narrowing.getStore();
    if (!wanted || wanted.uid !== event.model.uid) return;
    const { where } = event.params;
    event.params.where = where ? { $and: [where, wanted.where] } : wanted.where;
  };
  strapi.db.lifecycles.subscribe({
    beforeFindMany: narrow,
    beforeFindOne: narrow,
    beforeCount: narrow,
  });
};

/** Sites with `strictParams` refuse what a route does not declare; older Strapis have neither. */
export const declareMembershipParam = (strapi: Core.Strapi, gate: () => Gate): void => {
  const { contentAPI } = strapi;
  if (typeof contentAPI.addQueryParams !== 'function') return;
  contentAPI.addQueryParams({
    [PARAM]: {
      schema: (z) => z.string().optional(),
      matchRoute: ({ handler }) =>
        typeof handler === 'string' && gate().types.has(handler.replace(/\.find$/, '')),
    },
  });
};
