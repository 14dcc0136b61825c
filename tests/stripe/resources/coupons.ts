import type Stripe from 'stripe';
import { isValid } from '../engine/discounts';
import { change, create, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId, token } from '../store/ids';
import type { Coupon } from '../types';
import { need, type World } from '../world';
import { metadata, text, textParam } from './fields';

const coupons = (world: World) => world.tables.coupons;

export const couponRoutes: Route[] = [
  route<Stripe.CouponCreateParams>('POST /v1/coupons', ({ world, params }) => {
    const { amount_off, percent_off, currency, duration_in_months } = params;
    if ((amount_off === undefined) === (percent_off === undefined)) {
      throw invalid('You must pass either percent_off or amount_off, and not both.', 'percent_off');
    }
    if (percent_off !== undefined && (percent_off <= 0 || percent_off > 100)) {
      throw invalid('Invalid percent_off: must be between 0 and 100.', 'percent_off');
    }
    if (amount_off !== undefined && !currency) throw missingParam('currency');
    const duration = params.duration ?? 'once';
    if (duration === 'repeating' && !duration_in_months) throw missingParam('duration_in_months');
    const id = params.id ?? token(8);
    if (params.id && coupons(world).get(params.id)) {
      throw invalid('Coupon already exists.', 'id', 'resource_already_exists');
    }
    for (const product of params.applies_to?.products ?? []) {
      need(world, (tables) => tables.products, product, 'applies_to[products]');
    }
    world.couponDetails.set(id, {
      products: params.applies_to?.products,
      currency_options: Object.fromEntries(
        Object.entries(params.currency_options ?? {}).map(([code, { amount_off: off }]) => [
          code.toLowerCase(),
          { amount_off: off },
        ])
      ),
    });
    return create(
      world,
      coupons(world),
      {
        id,
        object: 'coupon',
        amount_off: amount_off ?? null,
        created: world.now(),
        currency: currency?.toLowerCase() ?? null,
        duration,
        duration_in_months: duration_in_months ?? null,
        livemode: world.livemode,
        max_redemptions: params.max_redemptions ?? null,
        metadata: metadata(params.metadata),
        name: text(params.name, null),
        percent_off: percent_off ?? null,
        redeem_by: params.redeem_by ?? null,
        times_redeemed: 0,
        valid: true,
      },
      'coupon.created'
    );
  }),

  route<Stripe.CouponListParams>('GET /v1/coupons', ({ world, params }) => {
    const rows = coupons(world)
      .newestFirst()
      .filter((row) => inRange(row.created, params.created));
    return listPage(
      rows.map((row) => now(world, row)),
      '/v1/coupons',
      params
    );
  }),

  route<Stripe.CouponRetrieveParams>('GET /v1/coupons/{coupon}', ({ world, id }) =>
    now(
      world,
      need(world, (tables) => tables.coupons, id)
    )
  ),

  route<Stripe.CouponUpdateParams>('POST /v1/coupons/{coupon}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.coupons, id);
    const changes = {
      name: text(params.name, was.name),
      metadata: metadata(params.metadata, was.metadata ?? {}),
    };
    return now(world, change(world, coupons(world), id, changes, 'coupon.updated'));
  }),

  route<Stripe.CouponDeleteParams>('DELETE /v1/coupons/{coupon}', ({ world, id }) => {
    emit(
      world,
      'coupon.deleted',
      need(world, (tables) => tables.coupons, id)
    );
    coupons(world).remove(id);
    return { id, object: 'coupon', deleted: true };
  }),
];

export const promotionCodeRoutes: Route[] = [
  route<Partial<Stripe.PromotionCodeCreateParams> & { coupon?: string }>(
    'POST /v1/promotion_codes',
    ({ world, params }) => {
      const coupon = params.promotion?.coupon ?? params.coupon;
      if (!coupon) throw missingParam('promotion[coupon]');
      need(world, (tables) => tables.coupons, coupon, 'promotion[coupon]');
      const code = params.code ?? token(8).toUpperCase();
      const taken = world.tables.promotionCodes.filter(
        (row) => row.active && row.code.toLowerCase() === code.toLowerCase()
      );
      if (taken.length > 0) {
        throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, 'code');
      }
      const { restrictions } = params;
      return create(
        world,
        world.tables.promotionCodes,
        {
          id: newId('promo'),
          object: 'promotion_code',
          active: params.active ?? true,
          code,
          created: world.now(),
          customer: params.customer ?? null,
          customer_account: null,
          expires_at: params.expires_at ?? null,
          livemode: world.livemode,
          max_redemptions: params.max_redemptions ?? null,
          metadata: metadata(params.metadata),
          promotion: { coupon, type: 'coupon' },
          restrictions: {
            first_time_transaction: restrictions?.first_time_transaction ?? false,
            minimum_amount: restrictions?.minimum_amount ?? null,
            minimum_amount_currency: restrictions?.minimum_amount_currency ?? null,
            ...(restrictions?.currency_options
              ? { currency_options: minimums(restrictions.currency_options) }
              : {}),
          },
          times_redeemed: 0,
        },
        'promotion_code.created'
      );
    },
    { coupon: textParam }
  ),

  route<Stripe.PromotionCodeListParams>('GET /v1/promotion_codes', ({ world, params }) => {
    const rows = world.tables.promotionCodes
      .newestFirst()
      .filter(
        (row) =>
          (params.active === undefined || row.active === params.active) &&
          (params.code === undefined || row.code.toLowerCase() === params.code.toLowerCase()) &&
          (params.customer === undefined || row.customer === params.customer) &&
          (params.coupon === undefined || row.promotion.coupon === params.coupon) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/promotion_codes', params);
  }),

  route<Stripe.PromotionCodeRetrieveParams>('GET /v1/promotion_codes/{code}', ({ world, id }) =>
    need(world, (tables) => tables.promotionCodes, id)
  ),

  route<Stripe.PromotionCodeUpdateParams>(
    'POST /v1/promotion_codes/{code}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.promotionCodes, id);
      const changes = {
        active: params.active ?? was.active,
        metadata: metadata(params.metadata, was.metadata ?? {}),
      };
      return change(world, world.tables.promotionCodes, id, changes, 'promotion_code.updated');
    }
  ),
];

function minimums(given: Record<string, { minimum_amount?: number | undefined }>) {
  return Object.fromEntries(
    Object.entries(given).map(([code, { minimum_amount = 0 }]) => [code, { minimum_amount }])
  );
}

/** Validity depends on the time of asking. */
function now(world: World, coupon: Coupon): Coupon {
  return { ...coupon, valid: isValid(world, coupon) };
}
