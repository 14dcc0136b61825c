import type { Core } from '@strapi/strapi';
import type { GateCheckResponse, GateResponse } from '../../../contracts';
import { getService } from '../get-service';
import { action } from './action';

/** Admin: the settings page of the gate. */
export const gate = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/gate` → `GateResponse` */
  find: action(async (ctx) => {
    const body: GateResponse = { data: await getService(strapi, 'gate').report() };
    ctx.body = body;
  }),
  /** `POST /memberships/gate/check` → `GateCheckResponse` */
  check: action(async (ctx) => {
    const body: GateCheckResponse = { data: await getService(strapi, 'gate').check() };
    ctx.body = body;
  }),
});
