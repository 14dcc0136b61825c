import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import type { SiteConfirmation, SiteResponse } from '../../../contracts';
import { getService } from '../get-service';
import { action, parse } from './action';

const confirmation: yup.ObjectSchema<SiteConfirmation> = yup
  .object({
    mails: yup
      .string()
      .strict()
      .oneOf(['send', 'skip'] as const, 'mails must be send or skip')
      .required(),
  })
  .noUnknown(true, 'unknown key: ${unknown}')
  .strict(true)
  .required();

/** Admin: where the database is at home, and that it may sell and mail here. */
export const site = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/site` → `SiteResponse` */
  find: action(async (ctx) => {
    const body: SiteResponse = { data: await getService(strapi, 'billing').stripe.site() };
    ctx.body = body;
  }),

  /** `POST /memberships/site/confirm` `SiteConfirmation` → `SiteResponse` */
  confirm: action(async (ctx) => {
    const { mails } = await parse(confirmation, ctx.request.body ?? {});
    // First, or a heartbeat in between would send them.
    if (mails === 'skip') await getService(strapi, 'outbox').skipPlanned();
    const body: SiteResponse = { data: await getService(strapi, 'billing').stripe.confirmSite() };
    getService(strapi, 'background').wake();
    ctx.body = body;
  }),
});
