import type { Core } from '@strapi/strapi';
import type { HealthResponse } from '../../../contracts';
import { getService } from '../get-service';
import { action } from './action';

/** Admin: whether Strapi and Stripe agree. */
export const health = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/health` → `HealthResponse`; never a secret */
  find: action(async (ctx) => {
    const body: HealthResponse = { data: await getService(strapi, 'billing').health.look() };
    ctx.body = body;
  }),
});
