import type { Core } from '@strapi/strapi';
import { getService } from '../get-service';
import { action } from './action';

export const webhook = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `POST /api/memberships/webhook`: 2xx only once the event is stored for good. */
  receive: action(async (ctx) => {
    const signature = ctx.get('stripe-signature') || undefined;
    const { work } = await getService(strapi, 'billing').webhook.receive(
      ctx.request.body,
      signature
    );
    ctx.body = { received: true };
    if (work) getService(strapi, 'background').wake();
  }),
});
