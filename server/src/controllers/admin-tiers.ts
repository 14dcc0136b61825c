import type { Core } from '@strapi/strapi';
import { getService } from '../get-service';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';
import { priceInput, priceUpdate, tierInput, tierOrder, tierUpdate } from './tier-input';

export const adminTiers = ({ strapi }: { strapi: Core.Strapi }) => {
  const tiers = () => getService(strapi, 'membership').tiers;
  const view = () => getService(strapi, 'billing').catalogue.view();

  const answer = async (documentId: string) => ({
    data: await tiers().one(documentId, await view()),
  });

  return {
    /** `GET /memberships/tiers` → `AdminTiersResponse` */
    find: action(async (ctx) => {
      ctx.body = { data: await tiers().all(await view()) };
    }),

    /** `POST /memberships/tiers` → `AdminTierResponse` */
    create: action(async (ctx) => {
      const documentId = await tiers().create(await parse(tierInput, ctx.request.body ?? {}));
      ctx.status = 201;
      ctx.body = await answer(documentId);
    }),

    /** `PUT /memberships/tiers/:documentId` → `AdminTierResponse` */
    update: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await tiers().update(documentId, await parse(tierUpdate, ctx.request.body ?? {}));
      ctx.body = await answer(documentId);
    }),

    /** `PUT /memberships/tiers/order` → `AdminTiersResponse` */
    order: action(async (ctx) => {
      const { documentIds } = await parse(tierOrder, ctx.request.body ?? {});
      await tiers().order(documentIds);
      ctx.body = { data: await tiers().all(await view()) };
    }),

    /** `POST /memberships/tiers/:documentId/archive` → `AdminTierResponse` */
    archive: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await tiers().archive(documentId, true);
      ctx.body = await answer(documentId);
    }),

    /** `POST /memberships/tiers/:documentId/restore` → `AdminTierResponse` */
    restore: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await tiers().archive(documentId, false);
      ctx.body = await answer(documentId);
    }),

    /** `DELETE /memberships/tiers/:documentId` → 204 */
    delete: action(async (ctx) => {
      await tiers().delete(routeParam(ctx, 'documentId'));
      ctx.status = 204;
    }),

    /** `POST /memberships/tiers/:documentId/prices` → `AdminTierResponse` */
    addPrice: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await tiers().addPrice(documentId, await parse(priceInput, ctx.request.body ?? {}));
      ctx.status = 201;
      ctx.body = await answer(documentId);
    }),

    /** `PUT /memberships/prices/:documentId` → `AdminTierResponse` of its tier */
    updatePrice: action(async (ctx) => {
      const change = await parse(priceUpdate, ctx.request.body ?? {});
      ctx.body = await answer(await tiers().changePrice(routeParam(ctx, 'documentId'), change));
    }),

    /** `POST /memberships/tiers/:documentId/sync`: tries Stripe again now → `AdminTierResponse` */
    sync: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await tiers().retrySync(documentId);
      const background = getService(strapi, 'background');
      background.wake();
      await background.idle();
      ctx.body = await answer(documentId);
    }),
  };
};
