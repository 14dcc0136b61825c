import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import * as yup from 'yup';
import type {
  ReconcileApply,
  ReconcileApplyResponse,
  ReconcileResponse,
  ReconcileStartResponse,
} from '../../../contracts';
import { notFound } from '../errors';
import { getService } from '../get-service';
import { property, routeParam } from '../strapi-services';
import { action, parse } from './action';
import { pageQuery } from './paging';

const query = yup.object(pageQuery).required();

const application: yup.ObjectSchema<ReconcileApply> = yup
  .object({
    keys: yup.array().of(yup.string().strict().max(255).required()).max(1000).optional(),
  })
  .noUnknown(true, 'unknown key: ${unknown}')
  .strict(true)
  .required();

const idOf = (param: string): number => {
  if (!/^\d{1,9}$/.test(param)) throw notFound('There is no such run', { field: 'id' });
  return Number(param);
};

/** The name of the admin who asks. */
const whoAsks = (ctx: Context): string | null => {
  const user = property(ctx.state, 'user');
  const names = [property(user, 'firstname'), property(user, 'lastname')].filter(
    (name) => typeof name === 'string' && name !== ''
  );
  const email = property(user, 'email');
  return names.length > 0 ? names.join(' ') : typeof email === 'string' ? email : null;
};

/** Admin: comparing the mirror with Stripe, and repairing what differs. */
export const reconcile = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/reconcile` → `ReconcileResponse` */
  find: action(async (ctx) => {
    const page = await parse(query, ctx.query);
    const body: ReconcileResponse = {
      data: await getService(strapi, 'billing').reconcile.report(page),
    };
    ctx.body = body;
  }),

  /** `POST /memberships/reconcile` → `ReconcileStartResponse`; it goes on in the background */
  start: action(async (ctx) => {
    const data = await getService(strapi, 'billing').reconcile.start(whoAsks(ctx));
    getService(strapi, 'background').wake();
    const body: ReconcileStartResponse = { data };
    ctx.body = body;
  }),

  /** `POST /memberships/reconcile/:id/apply` `ReconcileApply` → `ReconcileApplyResponse` */
  apply: action(async (ctx) => {
    const { keys } = await parse(application, ctx.request.body ?? {});
    const id = idOf(routeParam(ctx, 'id'));
    const queued = await getService(strapi, 'billing').reconcile.apply(id, keys);
    getService(strapi, 'background').wake();
    const body: ReconcileApplyResponse = { data: { queued } };
    ctx.body = body;
  }),
});
