import type { Core } from '@strapi/strapi';
import type { RequestContext } from '../strapi-types';
import type { Gate } from './gate';

/** An answer that depends on who asks is nobody else's: neither a CDN nor a cache plugin keeps it. */
export const forbidCaching = (ctx: RequestContext): void => {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.vary('Authorization, Cookie');
};

/**
 * Says it once more when the answer is on its way out: Apollo writes a `Cache-Control` of its own,
 * and so may whatever wrapped the handler. Registered before any other middleware, it is last.
 */
export const keepOutOfCaches = (strapi: Core.Strapi, gate: () => Gate): void => {
  strapi.server.use(async (ctx, next) => {
    await next();
    if (gate().isTouched(ctx)) forbidCaching(ctx);
  });
};
