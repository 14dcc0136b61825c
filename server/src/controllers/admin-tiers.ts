import type { Core } from '@strapi/strapi';
import * as yup from 'yup';
import type { PriceInput, PriceUpdate, TierInput, TierOrderInput } from '../../../contracts';
import { isPriceDue, isTierDue } from '../billing';
import { MAX_AMOUNT } from '../domain/money';
import { SLUG } from '../domain/slug';
import { getService } from '../get-service';
import {
  addPrice,
  archiveTier,
  createTier,
  deleteTier,
  orderTiers,
  retrySync,
  setPriceActive,
  updateTier,
  type SyncView,
} from '../membership';
import { routeParam } from '../strapi-services';
import { action, parse } from './action';

const text = (max: number) => yup.string().strict().trim().max(max);
const benefits = () => yup.array().strict().of(text(255).required()).max(50);

const translation = yup.object({ name: text(255), description: text(5000), benefits: benefits() });

const translations = yup.lazy((value: unknown) =>
  yup.object(
    Object.fromEntries(
      Object.keys(typeof value === 'object' && value !== null ? value : {}).map((locale) => [
        locale,
        translation,
      ])
    )
  )
);

const fields = {
  slug: text(255).matches(SLUG, 'slug must be lower-case letters, digits and hyphens'),
  description: text(5000).nullable(),
  benefits: benefits(),
  translations,
  kind: yup.string().oneOf(['free', 'paid'] as const),
  includes: yup.array().strict().of(yup.string().required()),
};

const tierInput = yup
  .object({ ...fields, name: text(255).min(1).required() })
  .noUnknown('there is no such field: ${unknown}')
  .required();
const tierUpdate = yup
  .object({ ...fields, name: text(255).min(1) })
  .noUnknown('there is no such field: ${unknown}')
  .required();

const isCurrency = (value: string | undefined): boolean =>
  value === undefined || Intl.supportedValuesOf('currency').includes(value.toUpperCase());

const INTERVALS = ['day', 'week', 'month', 'year'] as const;

/** Stripe's longest period is three years (docs.stripe.com/api/prices: recurring.interval_count). */
const MOST: Record<string, number> = { day: 1095, week: 156, month: 36, year: 3 };

const priceInput: yup.Schema<PriceInput> = yup
  .object({
    amount: yup.number().strict().integer().min(1).max(MAX_AMOUNT).required(),
    currency: yup
      .string()
      .strict()
      .lowercase('currency must be lower case, as Stripe writes it')
      .test('currency', 'currency must be an ISO 4217 code such as eur', isCurrency)
      .required(),
    interval: yup.string().oneOf(INTERVALS).nullable(),
    intervalCount: yup
      .number()
      .strict()
      .integer()
      .min(1)
      .when('interval', ([interval], schema) =>
        schema.max(
          MOST[typeof interval === 'string' ? interval : ''] ?? 1,
          'intervalCount must be at most three years in all'
        )
      ),
    trialDays: yup.number().strict().integer().min(0).max(730),
  })
  .required();

const priceUpdate: yup.Schema<PriceUpdate> = yup
  .object({ active: yup.boolean().strict().required() })
  .required();

const order: yup.Schema<TierOrderInput> = yup
  .object({ documentIds: yup.array().of(yup.string().strict().required()).required() })
  .required();

export const adminTiers = ({ strapi }: { strapi: Core.Strapi }) => {
  const membership = () => getService(strapi, 'membership');

  /** Without a key nothing is due; with one, the account must be known to say what is. */
  const view = async (): Promise<SyncView> => {
    const { stripe } = getService(strapi, 'billing');
    const scope = stripe.configured ? await stripe.scope().catch(() => null) : null;
    return {
      configured: stripe.configured,
      isTierDue: (tier) => scope === null || isTierDue(tier, scope),
      isPriceDue: (price) => scope === null || isPriceDue(price, scope),
    };
  };

  const answer = async (documentId: string) => ({
    data: await membership().adminTier(documentId, await view()),
  });

  return {
    /** `GET /memberships/tiers` → `AdminTiersResponse` */
    find: action(async (ctx) => {
      ctx.body = { data: await membership().adminTiers(await view()) };
    }),

    /** `POST /memberships/tiers` → `AdminTierResponse` */
    create: action(async (ctx) => {
      const input: TierInput = await parse(tierInput, ctx.request.body ?? {});
      const documentId = await createTier(strapi, input);
      ctx.status = 201;
      ctx.body = await answer(documentId);
    }),

    /** `PUT /memberships/tiers/:documentId` → `AdminTierResponse` */
    update: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await updateTier(strapi, documentId, await parse(tierUpdate, ctx.request.body ?? {}));
      ctx.body = await answer(documentId);
    }),

    /** `PUT /memberships/tiers/order` → `AdminTiersResponse` */
    order: action(async (ctx) => {
      const { documentIds } = await parse(order, ctx.request.body ?? {});
      await orderTiers(strapi, documentIds);
      ctx.body = { data: await membership().adminTiers(await view()) };
    }),

    /** `POST /memberships/tiers/:documentId/archive` → `AdminTierResponse` */
    archive: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await archiveTier(strapi, documentId, true);
      ctx.body = await answer(documentId);
    }),

    /** `POST /memberships/tiers/:documentId/restore` → `AdminTierResponse` */
    restore: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await archiveTier(strapi, documentId, false);
      ctx.body = await answer(documentId);
    }),

    /** `DELETE /memberships/tiers/:documentId` → 204 */
    delete: action(async (ctx) => {
      await deleteTier(strapi, routeParam(ctx, 'documentId'));
      ctx.status = 204;
    }),

    /** `POST /memberships/tiers/:documentId/prices` → `AdminTierResponse` */
    addPrice: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await addPrice(strapi, documentId, await parse(priceInput, ctx.request.body ?? {}));
      ctx.status = 201;
      ctx.body = await answer(documentId);
    }),

    /** `PUT /memberships/prices/:documentId` → `AdminTierResponse` of its tier */
    updatePrice: action(async (ctx) => {
      const { active } = await parse(priceUpdate, ctx.request.body ?? {});
      ctx.body = await answer(await setPriceActive(strapi, routeParam(ctx, 'documentId'), active));
    }),

    /** `POST /memberships/tiers/:documentId/sync`: tries Stripe again now → `AdminTierResponse` */
    sync: action(async (ctx) => {
      const documentId = routeParam(ctx, 'documentId');
      await retrySync(strapi, documentId);
      const background = getService(strapi, 'background');
      background.wake();
      await background.idle();
      ctx.body = await answer(documentId);
    }),
  };
};
