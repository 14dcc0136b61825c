import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { READ_ALL } from '../constants';
import type { Reader } from '../domain/access';
import { findHoldings, NO_HOLDINGS, type Holdings } from '../store/holdings';
import type { Auth, RequestContext, RequestState } from '../strapi-types';

/** Who a content-API request is from, before anything was asked of the database. */
export interface Caller {
  userId: number | null;
  readAll: Reader['readAll'];
}

// `content-api-token` since Strapi 5.40 or so, `api-token` before.
const TOKEN_STRATEGIES = new Set(['content-api-token', 'api-token']);

/** `ctx.state` of a request. */
export const stateOf = (ctx: RequestContext): RequestState => {
  const state: RequestState = ctx.state;
  return state;
};

/**
 * Whether a request is the public's rather than the admin's. Routes that a site or a plugin adds by
 * hand (`strapi.server.routes([…])`, `strapi.server.router`) have no type, or one of their own: they
 * are nobody's desk, and are gated.
 */
export const isPublic = (ctx: RequestContext): boolean =>
  stateOf(ctx).route?.info?.type !== 'admin';

/**
 * Whether the caller has the content-API action `readAll`. Strapi's own verification knows the
 * rest: full-access tokens have every action, read-only ones none that does not end in `find` or
 * `findOne` (`@strapi/admin` strategies/content-api-token).
 */
const mayReadAll = async (strapi: Core.Strapi, auth: Auth): Promise<boolean> => {
  try {
    await strapi.auth.verify(auth, { scope: [READ_ALL] });
    return true;
  } catch (error) {
    if (error instanceof errors.UnauthorizedError || error instanceof errors.ForbiddenError) {
      return false;
    }
    throw error;
  }
};

const isToken = ({ auth }: RequestState): boolean =>
  auth !== undefined && TOKEN_STRATEGIES.has(auth.strategy.name);

/** The unblocked user who is signed in. A token is nobody. */
export const userIdOf = (ctx: RequestContext): number | null => {
  const state = stateOf(ctx);
  return isToken(state) || !state.user || state.user.blocked ? null : state.user.id;
};

/** Reads who asks off the request. Visitors never read all, even with the action ticked for Public. */
export const readCaller = async (strapi: Core.Strapi, ctx: RequestContext): Promise<Caller> => {
  const state = stateOf(ctx);
  const userId = userIdOf(ctx);
  const token = isToken(state);
  if (!state.auth || (userId === null && !token)) return { userId, readAll: null };
  if (!(await mayReadAll(strapi, state.auth))) return { userId, readAll: null };
  return { userId, readAll: token ? 'token' : 'staff' };
};

/** The grants of whoever is signed in. */
export const holdingsOf = (strapi: Core.Strapi, userId: number | null): Promise<Holdings> =>
  userId === null ? Promise.resolve(NO_HOLDINGS) : findHoldings(strapi, { userId });

export const toReader = (caller: Caller, holdings: Holdings): Reader => ({
  readAll: caller.readAll,
  signedIn: caller.userId !== null,
  suspended: holdings.suspended,
  grants: holdings.grants,
});
