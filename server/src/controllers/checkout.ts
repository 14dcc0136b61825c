import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import type { CheckoutInput, CheckoutSyncInput } from '../../../contracts';
import { getService } from '../get-service';
import { action, parse } from './action';
import { callerOf } from './caller';
import { createLimit } from './limit';

/** Longer than any id or code of Stripe's. */
const MAX_LENGTH = 500;

const input: yup.Schema<CheckoutInput> = yup
  .object({
    price: yup.string().strict().required(),
    successUrl: yup.string().strict().required(),
    cancelUrl: yup.string().strict().required(),
    promotionCode: yup
      .string()
      .strict()
      .max(MAX_LENGTH)
      .matches(/^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u, 'promotionCode must not be blank'),
    email: yup.string().strict().trim().min(1).email().max(MAX_LENGTH),
  })
  .required();

const syncInput: yup.Schema<CheckoutSyncInput> = yup
  .object({
    sessionId: yup
      .string()
      .strict()
      .max(MAX_LENGTH)
      .matches(/^cs_\w+$/, 'sessionId must look like cs_…')
      .required(),
  })
  .required();

export const checkout = ({ strapi }: { strapi: Core.Strapi }) => {
  const limit = createLimit(strapi);
  return {
    /** `POST /api/memberships/checkout` → `{ data: { url, sessionId } }` */
    create: action(async (ctx) => {
      await limit(ctx);
      const body = await parse(input, ctx.request.body ?? {});
      const data = await getService(strapi, 'billing').checkout.create(body, callerOf(ctx));
      ctx.body = { data };
    }),

    /** `POST /api/memberships/checkout/sync` → `{ data: { status, synced, account } }` */
    sync: action(async (ctx) => {
      await limit(ctx);
      const { sessionId } = await parse(syncInput, ctx.request.body ?? {});
      const data = await getService(strapi, 'billing').checkout.sync(sessionId);
      // A guest's mail was planned with it.
      getService(strapi, 'background').wake();
      ctx.body = { data };
    }),
  };
};
