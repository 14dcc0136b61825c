import type { Core } from '@strapi/strapi';
import type { EndpointRepairResponse, EndpointResponse } from '../../../contracts';
import { getService } from '../get-service';
import { action } from './action';

/** Admin: the webhook endpoint in Stripe. */
export const endpoint = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/endpoint` → `EndpointResponse` */
  find: action(async (ctx) => {
    const body: EndpointResponse = { data: await getService(strapi, 'billing').endpoint.report() };
    ctx.body = body;
  }),

  /** `POST /memberships/endpoint` → `EndpointRepairResponse`; a new secret is in this answer only */
  repair: action(async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    const body: EndpointRepairResponse = {
      data: await getService(strapi, 'billing').endpoint.repair(),
    };
    ctx.body = body;
  }),
});
