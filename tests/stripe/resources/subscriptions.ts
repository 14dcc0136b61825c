import type Stripe from 'stripe';
import { cancelNow } from '../engine/cancel';
import { pause, resume } from '../engine/pause';
import { credit } from '../engine/prorate';
import { billNow } from '../engine/update-subscription';
import { change, emit } from '../events/record';
import { invalid, noSuch } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Subscription } from '../types';
import { need, type World } from '../world';
import { numberParam, textParam } from './fields';
import { matcher } from './search';
import { createSubscription } from './subscription-create';
import { updateSubscription, type OlderDiscounts } from './subscription-update';

const subscriptions = (world: World) => world.tables.subscriptions;
const url = '/v1/subscriptions';
const olderDiscounts = { coupon: textParam, promotion_code: textParam };

/** A subscription's only item was named without `items`. */
interface OlderItem {
  quantity?: number;
  plan?: string;
  price?: string;
}

export const subscriptionRoutes: Route[] = [
  route<Stripe.SubscriptionCreateParams & OlderDiscounts>(
    'POST /v1/subscriptions',
    ({ world, params }) => createSubscription(world, params),
    olderDiscounts
  ),

  route<Stripe.SubscriptionListParams>('GET /v1/subscriptions', ({ world, params }) => {
    const rows = subscriptions(world)
      .newestFirst()
      .filter(
        (row) =>
          hasStatus(row, params.status) &&
          (params.customer === undefined || row.customer === params.customer) &&
          (params.price === undefined ||
            row.items.data.some((item) => item.price.id === params.price)) &&
          (params.test_clock === undefined || row.test_clock === params.test_clock) &&
          inRange(row.created, params.created) &&
          row.items.data.some(
            (item) =>
              inRange(item.current_period_end, params.current_period_end) &&
              inRange(item.current_period_start, params.current_period_start)
          )
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.SubscriptionSearchParams>('GET /v1/subscriptions/search', ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(subscriptions(world).newestFirst().filter(matches), `${url}/search`, params);
  }),

  route<Stripe.SubscriptionRetrieveParams>('GET /v1/subscriptions/{id}', ({ world, id }) =>
    need(world, (tables) => tables.subscriptions, id)
  ),

  route<Stripe.SubscriptionUpdateParams & OlderDiscounts & OlderItem>(
    'POST /v1/subscriptions/{id}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.subscriptions, id);
      const { quantity, plan, price, ...rest } = params;
      const [only, ...others] = was.items.data;
      if (quantity === undefined && !plan && !price) return updateSubscription(world, was, rest);
      if (!only || others.length > 0) {
        throw invalid('You must pass `items` for a subscription with several items.', 'quantity');
      }
      const named = price ?? plan;
      const item = {
        id: only.id,
        ...(quantity === undefined ? {} : { quantity }),
        ...(named ? { price: named } : {}),
      };
      return updateSubscription(world, was, { ...rest, items: [item] });
    },
    { ...olderDiscounts, quantity: numberParam, plan: textParam, price: textParam }
  ),

  route<Stripe.SubscriptionDeleteDiscountParams>(
    'DELETE /v1/subscriptions/{id}/discount',
    ({ world, id }) => {
      const was = need(world, (tables) => tables.subscriptions, id);
      const gone = world.tables.discounts.get(was.discounts.at(-1) ?? '');
      if (!gone) throw invalid('No active discount for subscription.', 'id', 'resource_missing');
      emit(world, 'customer.discount.deleted', gone);
      const discounts = was.discounts.filter((each) => each !== gone.id);
      change(world, subscriptions(world), id, { discounts }, 'customer.subscription.updated');
      const { end: _end, ...rest } = gone;
      return { ...rest, deleted: true };
    }
  ),

  route<Stripe.SubscriptionCancelParams>(
    'DELETE /v1/subscriptions/{id}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.subscriptions, id);
      if (was.ended_at !== null) {
        throw noSuch('subscription', id, 'id');
      }
      const { comment, feedback } = params.cancellation_details ?? {};
      if (params.prorate) for (const item of was.items.data) credit(world, was, item);
      if (params.invoice_now) billNow(world, was, false);
      return cancelNow(world, subscriptions(world).get(id) ?? was, {
        ...(comment ? { comment } : {}),
        ...(feedback ? { feedback } : {}),
        reason: 'cancellation_requested',
      });
    }
  ),

  route<Stripe.SubscriptionPauseParams>('POST /v1/subscriptions/{id}/pause', ({ world, id }) => {
    const was = need(world, (tables) => tables.subscriptions, id);
    if (was.status !== 'active' && was.status !== 'trialing') {
      throw invalid(`A subscription with a status of \`${was.status}\` cannot be paused.`, 'id');
    }
    return pause(world, was);
  }),

  route<Stripe.SubscriptionResumeParams>(
    'POST /v1/subscriptions/{id}/resume',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.subscriptions, id);
      if (was.status !== 'paused') {
        throw invalid('Only subscriptions with a status of `paused` can be resumed.', 'id');
      }
      return resume(world, was, params.billing_cycle_anchor?.type !== 'unchanged');
    }
  ),
];

function hasStatus(row: Subscription, wanted: string | undefined): boolean {
  if (wanted === undefined) return row.status !== 'canceled';
  if (wanted === 'all') return true;
  if (wanted === 'ended') return row.ended_at !== null;
  return row.status === wanted;
}
