import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { RuleResponse } from '../../../contracts';
import { ruleInput } from '../gate';
import { getService } from '../get-service';
import type { DocumentRef } from '../store/rules';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';

const refOf = (ctx: Context): DocumentRef => ({
  uid: routeParam(ctx, 'uid'),
  documentId: routeParam(ctx, 'documentId'),
});

/** Admin: `/memberships/rules/:uid/:documentId`. */
export const rules = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => getService(strapi, 'access').rules;
  return {
    find: action(async (ctx) => {
      const body: RuleResponse = { data: await service().read(refOf(ctx)) };
      ctx.body = body;
    }),
    update: action(async (ctx) => {
      const input = await parse(ruleInput, ctx.request.body ?? {});
      const body: RuleResponse = { data: await service().write(refOf(ctx), input) };
      ctx.body = body;
    }),
    delete: action(async (ctx) => {
      const body: RuleResponse = { data: await service().remove(refOf(ctx)) };
      ctx.body = body;
    }),
  };
};
