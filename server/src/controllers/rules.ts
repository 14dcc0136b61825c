import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { AudienceResponse, RuleChoicesResponse, RuleResponse } from '../../../contracts';
import { ruleInput, ruleInQuery } from '../gate';
import { getService } from '../get-service';
import type { DocumentRef } from '../store/rules';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';

const refOf = (ctx: Context): DocumentRef => ({
  uid: routeParam(ctx, 'uid'),
  documentId: routeParam(ctx, 'documentId'),
});

/** Admin: `/memberships/rules/:uid/:documentId`, and what its editor needs to choose well. */
export const rules = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => getService(strapi, 'access').rules;
  return {
    choices: action(async (ctx) => {
      const body: RuleChoicesResponse = { data: await service().choices(routeParam(ctx, 'uid')) };
      ctx.body = body;
    }),
    audience: action(async (ctx) => {
      const draft = await parse(ruleInput, ruleInQuery(ctx.query));
      const body: AudienceResponse = { data: await service().audience(draft) };
      ctx.body = body;
    }),
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
