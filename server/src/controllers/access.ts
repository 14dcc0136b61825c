import type { Core } from '@strapi/strapi';
import type { AccessResponse, MembershipAccess, PublicTier } from '../../../contracts';
import { notFound } from '../errors';
import { getService } from '../get-service';
import { routeParam } from '../strapi-services';
import { action } from './action';

/** Whether holding a tier opens what a rule asks for; inclusion is followed to any depth. */
const opens = (tier: PublicTier, rule: MembershipAccess, all: PublicTier[]): boolean => {
  if (rule.visibility === 'paid') return tier.kind === 'paid';
  if (rule.visibility !== 'tiers') return false;
  const seen = new Set<string>();
  const reach = (documentId: string): void => {
    if (seen.has(documentId)) return;
    seen.add(documentId);
    const includes = all.find((one) => one.documentId === documentId)?.includes ?? [];
    includes.forEach((one) => reach(one.documentId));
  };
  reach(tier.documentId);
  return rule.tiers.some((listed) => seen.has(listed.documentId));
};

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
    const tiers = explanation.granted
      ? []
      : await getService(strapi, 'membership').publicTiers(
          typeof locale === 'string' ? locale : undefined
        );
    const body: AccessResponse = {
      data: { ...explanation, openedBy: tiers.filter((tier) => opens(tier, explanation, tiers)) },
    };
    ctx.body = body;
  }),
});
