import type Stripe from 'stripe';
import { planOf } from '../engine/plan';
import { buildProduct } from '../engine/products';
import { change, create, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Plan, Price, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, text } from './fields';
import { buildPrice } from './price-building';

/**
 * The older door to recurring prices (https://docs.stripe.com/api/plans): the same rows, and the
 * only one where the account chooses the id.
 */
export const planRoutes: Route[] = [
  route<Stripe.PlanCreateParams>('POST /v1/plans', ({ world, params }) => {
    if (params.id && world.tables.prices.get(params.id)) {
      throw invalid('Plan already exists.', 'id', 'resource_already_exists');
    }
    const product = productOf(world, params.product);
    const price = create(
      world,
      world.tables.prices,
      buildPrice(world, given(params, product)),
      'price.created'
    );
    emit(world, 'plan.created', planOf(price));
    return planOf(price);
  }),

  route<Stripe.PlanListParams>('GET /v1/plans', ({ world, params }) => {
    const rows = world.tables.prices
      .newestFirst()
      .filter(
        (row) =>
          row.type === 'recurring' &&
          (params.active === undefined || row.active === params.active) &&
          (params.product === undefined || row.product === params.product) &&
          inRange(row.created, params.created)
      );
    return listPage(rows.map(planOf), '/v1/plans', params);
  }),

  route<Stripe.PlanRetrieveParams>('GET /v1/plans/{plan}', ({ world, id }) => find(world, id).plan),

  route<Stripe.PlanUpdateParams>('POST /v1/plans/{plan}', ({ world, id, params }) => {
    const { price, plan } = find(world, id);
    const after = planOf(
      change(
        world,
        world.tables.prices,
        id,
        {
          active: params.active ?? price.active,
          metadata: metadata(params.metadata, price.metadata),
          nickname: text(params.nickname, price.nickname),
        },
        'price.updated'
      )
    );
    emit(world, 'plan.updated', after, { metadata: plan.metadata });
    return after;
  }),

  route<Stripe.PlanDeleteParams>('DELETE /v1/plans/{plan}', ({ world, id }) => {
    const { price, plan } = find(world, id);
    world.tables.prices.remove(id);
    emit(world, 'plan.deleted', plan);
    emit(world, 'price.deleted', price);
    return { id, object: 'plan', deleted: true };
  }),
];

function given(params: Stored<Stripe.PlanCreateParams>, product: string) {
  const { amount, amount_decimal, transform_usage, interval, interval_count, ...rest } = params;
  return {
    ...rest,
    metadata: params.metadata || {},
    product,
    unit_amount: amount,
    unit_amount_decimal: amount_decimal,
    recurring: {
      interval,
      interval_count,
      trial_period_days: params.trial_period_days,
      usage_type: params.usage_type,
      meter: params.meter,
    },
    ...(transform_usage ? { transform_quantity: transform_usage } : {}),
  };
}

function productOf(world: World, product: Stored<Stripe.PlanCreateParams>['product']): string {
  if (!product) throw missingParam('product');
  if (typeof product === 'string') {
    return need(world, (tables) => tables.products, product, 'product').id;
  }
  const { id, name, active = true } = product;
  const row = buildProduct(world, {
    ...(id ? { id } : {}),
    name,
    active,
    metadata: metadata(product.metadata),
  });
  return create(world, world.tables.products, row, 'product.created').id;
}

function find(world: World, id: string): { price: Price; plan: Plan } {
  const price = need(world, (tables) => tables.prices, id);
  return { price, plan: planOf(price) };
}
