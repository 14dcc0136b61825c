import type { Context } from 'koa';
import { RequestError } from '../errors';
import type { UserRow } from '../store';
import { property } from '../strapi-services';

export type Caller = Pick<UserRow, 'id' | 'email' | 'username'>;

const read = (value: unknown): Caller | null => {
  const id = property(value, 'id');
  const email = property(value, 'email');
  const username = property(value, 'username');
  return typeof id === 'number' && typeof email === 'string' && typeof username === 'string'
    ? { id, email, username }
    : null;
};

/** The users-permissions user who is signed in; null for a visitor and for an API token. */
export const callerOf = (ctx: Context): Caller | null => read(ctx.state.user);

/** @throws RequestError 401 for a visitor and for an API token, which is nobody's */
export const requireCaller = (ctx: Context): Caller => {
  const caller = callerOf(ctx);
  if (!caller) throw new RequestError(401, 'Sign in as a user of the site first');
  return caller;
};
