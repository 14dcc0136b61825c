import type { Core } from '@strapi/strapi';
import { getService } from '../get-service';
import { action } from './action';

export const tiers = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /api/memberships/tiers?locale=fr` → `{ data: PublicTier[] }` */
  find: action(async (ctx) => {
    const { locale } = ctx.query;
    const asked = typeof locale === 'string' ? locale : undefined;
    ctx.body = { data: await getService(strapi, 'membership').tiers.published(asked) };
  }),
});
