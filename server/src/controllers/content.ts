import type { Context } from 'koa';

/**
 * `GET /api/memberships/content/read-all`: 200 for whoever reads everything, 403 for everybody else.
 * Strapi's role and token screens list only actions bound to a content-API route; this route is
 * what lets an owner tick `content.readAll` there.
 */
export const content = {
  readAll(ctx: Context): void {
    ctx.body = { data: { readAll: true } };
  },
};
