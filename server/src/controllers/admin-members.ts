import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import { MEMBER_STATUSES, type GrantInput, type MemberInput } from '../../../contracts';
import { badRequest } from '../errors';
import { getService } from '../get-service';
import type { MemberQuery } from '../store';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';
import { pageQuery } from './paging';

const SORTS = ['joinedAt', 'email', 'name'] as const;
const DIRECTIONS = ['asc', 'desc'] as const;

const listQuery = yup
  .object({
    ...pageQuery,
    // Strict, and trimmed later: `trim` is tried on a list too, which has none.
    _q: yup.string().strict().max(200),
    tier: yup.string(),
    status: yup.string().oneOf([...MEMBER_STATUSES]),
    sort: yup.string().default('joinedAt:desc'),
  })
  .required();

const sortOf = (sort: string): MemberQuery['sort'] => {
  const [by, to = 'asc'] = sort.split(':');
  const column = SORTS.find((name) => name === by);
  const direction = DIRECTIONS.find((name) => name === to);
  if (column && direction) return { column, direction };
  throw badRequest('sort must be joinedAt, email or name, with :asc or :desc', { field: 'sort' });
};

const memberInput: yup.Schema<MemberInput> = yup
  .object({
    email: yup.string().strict().email().max(254).required(),
    name: yup.string().strict().max(255),
  })
  .required();

/** With its offset, so that it is the same instant on every machine; a year that MySQL keeps. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const isInstant = (value: string): boolean =>
  INSTANT.test(value) && !Number.isNaN(Date.parse(value));

const grantInput: yup.Schema<GrantInput> = yup
  .object({
    tier: yup.string().strict().required(),
    endsAt: yup
      .string()
      .strict()
      .nullable()
      .test(
        'date',
        'endsAt must be a date and time such as 2027-01-31T00:00:00Z',
        (value) => value === null || value === undefined || isInstant(value)
      ),
  })
  .required();

export const adminMembers = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /memberships/members` → `MembersResponse` */
  find: action(async (ctx) => {
    const { _q, status, sort, ...query } = await parse(listQuery, ctx.query);
    ctx.body = await getService(strapi, 'membership').members({
      ...query,
      q: _q?.trim() || undefined,
      status: MEMBER_STATUSES.find((name) => name === status),
      sort: sortOf(sort),
    });
  }),

  /** `GET /memberships/members/:documentId` → `MemberResponse` */
  findOne: action(async (ctx) => {
    ctx.body = {
      data: await getService(strapi, 'membership').member(routeParam(ctx, 'documentId')),
    };
  }),

  /** `POST /memberships/members` → `MemberResponse` */
  create: action(async (ctx) => {
    const input = await parse(memberInput, ctx.request.body ?? {});
    ctx.status = 201;
    ctx.body = { data: await getService(strapi, 'membership').add(input) };
  }),

  /** `POST /memberships/members/:documentId/grants` → `GrantResponse` */
  give: action(async (ctx) => {
    const input = await parse(grantInput, ctx.request.body ?? {});
    const data = await getService(strapi, 'membership').give(routeParam(ctx, 'documentId'), input);
    ctx.status = 201;
    ctx.body = { data };
  }),

  /** `DELETE /memberships/members/:documentId/grants/:grant` → `GrantResponse` */
  end: action(async (ctx) => {
    const data = await getService(strapi, 'membership').end(
      routeParam(ctx, 'documentId'),
      routeParam(ctx, 'grant')
    );
    ctx.body = { data };
  }),
});
