import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import type { ClaimInput, PortalInput } from '../../../contracts';
import { getService } from '../get-service';
import { action, parse } from './action';
import { requireCaller } from './caller';
import { createLimit } from './limit';

const portalInput: yup.Schema<PortalInput> = yup
  .object({ returnUrl: yup.string().strict().required() })
  .required();

const claimInput: yup.Schema<ClaimInput> = yup
  .object({ token: yup.string().strict().required() })
  .required();

export const me = ({ strapi }: { strapi: Core.Strapi }) => {
  const limit = createLimit(strapi);
  return {
    /** `GET /api/memberships/me` → `{ data: { member, tiers, grants, subscriptions, nextPayment } }` */
    find: action(async (ctx) => {
      const data = await getService(strapi, 'membership').me(requireCaller(ctx));
      ctx.set('Cache-Control', 'private, no-store');
      ctx.body = { data };
    }),

    /** `POST /api/memberships/me/portal` → `{ data: { url } }` */
    portal: action(async (ctx) => {
      await limit(ctx);
      const { id } = requireCaller(ctx);
      const { returnUrl } = await parse(portalInput, ctx.request.body ?? {});
      ctx.body = { data: await getService(strapi, 'billing').portal.open(id, returnUrl) };
    }),

    /** `POST /api/memberships/me/claim` → what `GET me` answers, the claimed purchase included */
    claim: action(async (ctx) => {
      await limit(ctx);
      const caller = requireCaller(ctx);
      const { token } = await parse(claimInput, ctx.request.body ?? {});
      const membership = getService(strapi, 'membership');
      await membership.claim(caller, token);
      ctx.body = { data: await membership.me(caller) };
    }),
  };
};
