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

/** `ctx.state` of a content-API request. */
export const stateOf = (ctx: RequestContext): RequestState => {
  const state: RequestState = ctx.state;
  return state;
};

/** Whether the request came by REST or GraphQL of the content API; the admin's never do. */
export const isContentApi = (ctx: RequestContext): boolean =>
  stateOf(ctx).route?.info?.type === 'content-api';

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

/** Reads who asks off the request. Visitors never read all, even with the action ticked for Public. */
export const readCaller = async (strapi: Core.Strapi, ctx: RequestContext): Promise<Caller> => {
  const { auth, user } = stateOf(ctx);
  if (auth && TOKEN_STRATEGIES.has(auth.strategy.name)) {
    return { userId: null, readAll: (await mayReadAll(strapi, auth)) ? 'token' : null };
  }
  if (!user || user.blocked) return { userId: null, readAll: null };
  const staff = auth !== undefined && (await mayReadAll(strapi, auth));
  return { userId: user.id, readAll: staff ? 'staff' : null };
};

/** The grants of whoever is signed in. */
export const holdingsOf = (strapi: Core.Strapi, caller: Caller): Promise<Holdings> =>
  caller.userId === null
    ? Promise.resolve(NO_HOLDINGS)
    : findHoldings(strapi, { userId: caller.userId });

export const toReader = (caller: Caller, holdings: Holdings): Reader => ({
  readAll: caller.readAll,
  signedIn: caller.userId !== null,
  suspended: holdings.suspended,
  grants: holdings.grants,
});
