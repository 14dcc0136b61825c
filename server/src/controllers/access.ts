import type { Core } from '@strapi/strapi';
import { notFound } from '../errors';
import { getService } from '../get-service';
import { routeParam } from '../strapi-services';
import { action } from './action';

/** `GET /api/memberships/access/:uid/:documentId`: may the caller read it, and why. */
export const access = ({ strapi }: { strapi: Core.Strapi }) => ({
  explain: action(async (ctx) => {
    const uid = routeParam(ctx, 'uid');
    const documentId = routeParam(ctx, 'documentId');
    const data = await getService(strapi, 'access').explain(ctx, uid, documentId);
    if (!data) throw notFound(`${uid} is not a members-only content type`, { field: 'uid' });
    ctx.body = { data };
  }),
});
