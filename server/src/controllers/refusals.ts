import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { apiPath } from '../config';
import { table } from '../store';
import { jwtOf, property } from '../strapi-services';

interface Refusal {
  error: { name: string; message: string; details?: unknown };
}

const isRefusal = (body: unknown): body is Refusal =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof body.error === 'object' &&
  body.error !== null &&
  'message' in body.error &&
  typeof body.error.message === 'string';

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
 * users-permissions says the same of a token that grew old and of one whose user was deleted. A front
 * end has to tell them apart: the one is asked to sign in again, the other has no account any more.
 */
const explainUnauthorized = async (
  strapi: Core.Strapi,
  ctx: Context,
  { message }: Refusal['error']
): Promise<Partial<Refusal['error']>> => {
  if (!ctx.get('authorization')) return {};
  const id = await idInToken(strapi, ctx);
  const isDeleted = id !== null && !(await table(strapi, 'user').findOne({ where: { id } }));
  return {
    message: isDeleted ? 'The user of this token was deleted' : message,
    details: { field: 'Authorization', ...(isDeleted && { code: 'user-deleted' }) },
  };
};

/** The body parser's errors have no details; every one of our own names a field or a code. */
const explainBody = ({ message, details }: Refusal['error']): Partial<Refusal['error']> =>
  details === undefined
    ? {
        name: 'ValidationError',
        message: `The body cannot be read as JSON: ${message}`,
        details: { code: 'payload-invalid', field: 'body' },
      }
    : {};

/**
 * What Strapi refuses before a controller of ours is reached, in the words a front-end developer can
 * act on: our routes answer every 4xx with what is wrong.
 */
export const explainRefusals = (strapi: Core.Strapi): void => {
  const prefix = apiPath(strapi, '');
  strapi.server.use(async (ctx, next) => {
    await next();
    const { status } = ctx;
    const body: unknown = ctx.body;
    if (![400, 401].includes(status) || !ctx.path.startsWith(prefix) || !isRefusal(body)) return;
    const explained =
      status === 401 ? await explainUnauthorized(strapi, ctx, body.error) : explainBody(body.error);
    ctx.body = { ...body, error: { ...body.error, ...explained } };
  });
};
