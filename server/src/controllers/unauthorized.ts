import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { table } from '../store';
import { jwtOf, property } from '../strapi-services';

interface RefusedAnswer {
  error: { message: string; details: object };
}

const isRefused = (body: unknown): body is RefusedAnswer =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof body.error === 'object' &&
  body.error !== null &&
  'details' in body.error;

/** The user id that a token of users-permissions names; null when it is none of its tokens. */
const idInToken = async (strapi: Core.Strapi, ctx: Context): Promise<number | null> => {
  try {
    const id = property(await jwtOf(strapi).getToken(ctx), 'id');
    return typeof id === 'number' ? id : null;
  } catch {
    return null;
  }
};

/**
 * users-permissions refuses a request before any controller of ours is reached, and says the same of
 * a token that grew old and of one whose user was deleted. A front end has to tell them apart: the
 * one is asked to sign in again, the other has no account any more.
 */
export const explainUnauthorized = (strapi: Core.Strapi): void => {
  const prefix = `${strapi.config.get<string>('api.rest.prefix', '/api')}/memberships/`;
  strapi.server.use(async (ctx, next) => {
    await next();
    const body: unknown = ctx.body;
    if (ctx.status !== 401 || !ctx.path.startsWith(prefix) || !ctx.get('authorization')) return;
    if (!isRefused(body)) return;
    const id = await idInToken(strapi, ctx);
    const isDeleted = id !== null && !(await table(strapi, 'user').findOne({ where: { id } }));
    const details = { field: 'Authorization', ...(isDeleted && { code: 'user-deleted' }) };
    const message = isDeleted ? 'The user of this token was deleted' : body.error.message;
    ctx.body = { ...body, error: { ...body.error, message, details } };
  });
};
