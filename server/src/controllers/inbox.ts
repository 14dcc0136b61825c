import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import {
  INBOX_STATUSES,
  type InboxResponse,
  type RetryAllResponse,
  type RetryResponse,
} from '../../../contracts';
import { notFound } from '../errors';
import { getService } from '../get-service';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';
import { pageQuery } from './paging';

const listQuery = yup
  .object({
    ...pageQuery,
    status: yup.string().oneOf([...INBOX_STATUSES]),
    type: yup.string().strict().max(100),
    _q: yup.string().strict().max(255),
  })
  .required();

/** Ids are the database's own; anything else names no delivery. */
const idOf = (param: string): number => {
  if (!/^\d{1,9}$/.test(param)) throw notFound('There is no such delivery', { field: 'id' });
  return Number(param);
};

/** Admin: what Stripe delivered, and what came of it. */
export const inbox = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/inbox` → `InboxResponse` */
  find: action(async (ctx) => {
    const { _q, status, ...query } = await parse(listQuery, ctx.query);
    const body: InboxResponse = await getService(strapi, 'billing').inbox.list({
      ...query,
      q: _q?.trim() || undefined,
      status: INBOX_STATUSES.find((one) => one === status),
    });
    ctx.body = body;
  }),

  /** `POST /memberships/inbox/:id/retry` → `RetryResponse` */
  retry: action(async (ctx) => {
    const id = idOf(routeParam(ctx, 'id'));
    const body: RetryResponse = { data: await getService(strapi, 'billing').inbox.retry(id) };
    ctx.body = body;
  }),

  /** `POST /memberships/inbox/retry` → `RetryAllResponse` */
  retryAll: action(async (ctx) => {
    const retried = await getService(strapi, 'billing').inbox.retryAll();
    getService(strapi, 'background').wake();
    const body: RetryAllResponse = { data: { retried } };
    ctx.body = body;
  }),
});
