import type { RequestContext } from '../strapi-types';

/** An answer that depends on who asks is nobody else's: neither a CDN nor a cache plugin keeps it. */
export const forbidCaching = (ctx: RequestContext): void => {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.vary('Authorization');
  ctx.vary('Cookie');
};
