import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import * as yup from 'yup';
import type {
  AccessExplanation,
  AccessResponse,
  ExaminationResponse,
  MembershipAccess,
} from '../../../contracts';
import { ADMIN_ACTIONS } from '../constants';
import { notFound, RequestError } from '../errors';
import { getService } from '../get-service';
import { mayAny } from '../policies/may-any';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';

const subject = yup
  .object({ member: yup.string().strict().min(1), tier: yup.string().strict().min(1) })
  .required();

const localeOf = ({ query: { locale } }: Context): string | undefined =>
  typeof locale === 'string' ? locale : undefined;

export const access = ({ strapi }: { strapi: Core.Strapi }) => {
  /** What is closed, with what would open it. */
  const withOpening = async <T extends MembershipAccess>(
    ctx: Context,
    explanation: T
  ): Promise<T & Pick<AccessExplanation, 'openedBy'>> => ({
    ...explanation,
    openedBy: explanation.granted
      ? []
      : await getService(strapi, 'membership').tiers.opening(explanation, localeOf(ctx)),
  });

  return {
    /** `GET /api/memberships/access/:uid/:documentId?locale=fr`: may the caller read it, why, and what would open it. */
    explain: action(async (ctx) => {
      const uid = routeParam(ctx, 'uid');
      const documentId = routeParam(ctx, 'documentId');
      const service = getService(strapi, 'access');
      if (!service.isGated(uid)) {
        throw notFound(`${uid} is not a members-only content type`, { field: 'uid' });
      }
      const explanation = await service.explain(ctx, uid, documentId);
      if (!explanation) throw notFound(`there is no ${uid} ${documentId}`, { field: 'documentId' });
      const body: AccessResponse = { data: await withOpening(ctx, explanation) };
      ctx.body = body;
    }),

    /**
     * Admin: `GET /memberships/access/:uid/:documentId?member=<documentId>` or `?tier=<documentId>`:
     * the same for somebody else, with each grant that was looked at. What a member holds is for those
     * who may read members.
     */
    examine: action(async (ctx) => {
      const asked = await parse(subject, ctx.query);
      if (asked.member !== undefined && !mayAny(ctx, { actions: [ADMIN_ACTIONS.membersRead] })) {
        throw new RequestError(403, 'You may not read members', { field: 'member' });
      }
      const examination = await getService(strapi, 'access').examine(
        routeParam(ctx, 'uid'),
        routeParam(ctx, 'documentId'),
        asked
      );
      const body: ExaminationResponse = { data: await withOpening(ctx, examination) };
      ctx.body = body;
    }),
  };
};
