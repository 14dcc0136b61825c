import type { Core } from '@strapi/strapi';
import type { AccessResponse } from '../../../contracts';
import { notFound } from '../errors';
import { getService } from '../get-service';
import { routeParam } from '../strapi-services';
import { action } from './action';

/** `GET /api/memberships/access/:uid/:documentId?locale=fr`: may the caller read it, why, and what would open it. */
export const access = ({ strapi }: { strapi: Core.Strapi }) => ({
  explain: action(async (ctx) => {
    const uid = routeParam(ctx, 'uid');
    const documentId = routeParam(ctx, 'documentId');
    const service = getService(strapi, 'access');
    if (!service.isGated(uid)) {
      throw notFound(`${uid} is not a members-only content type`, { field: 'uid' });
    }
    const explanation = await service.explain(ctx, uid, documentId);
    if (!explanation) throw notFound(`there is no ${uid} ${documentId}`, { field: 'documentId' });
    const { locale } = ctx.query;
    const openedBy = explanation.granted
      ? []
      : await getService(strapi, 'membership').openingTiers(
          explanation,
          typeof locale === 'string' ? locale : undefined
        );
    const body: AccessResponse = { data: { ...explanation, openedBy } };
    ctx.body = body;
  }),
});
