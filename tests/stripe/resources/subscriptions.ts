import type Stripe from 'stripe';
import { cancelNow } from '../engine/cancel';
import { declineError } from '../engine/cards';
import { declineOf } from '../engine/charge';
import { redeem, redeemable } from '../engine/discounts';
import { methodToCharge } from '../engine/payment-methods';
import { subscribe } from '../engine/subscribe';
import { billNow, changeItems, resume, type Proration } from '../engine/update-subscription';
import { change, emit } from '../events/record';
import { cardError, invalid, missingParam } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Stored, Subscription } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';
import { matcher } from './search';
import { applyChanges } from './subscription-changes';
import { itemsAfter, priceOf } from './subscription-items-param';

const subscriptions = (world: World) => world.tables.subscriptions;
const url = '/v1/subscriptions';

export const subscriptionRoutes: Route[] = [
  route<Stripe.SubscriptionCreateParams>('POST /v1/subscriptions', ({ world, params }) =>
    createSubscription(world, params)
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

  route<Stripe.SubscriptionUpdateParams>('POST /v1/subscriptions/{id}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.subscriptions, id);
    return updateSubscription(world, was, params);
  }),

  route<Stripe.SubscriptionCancelParams>(
    'DELETE /v1/subscriptions/{id}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.subscriptions, id);
      if (was.ended_at !== null) {
        throw invalid(`No such subscription: '${id}'`, 'id', 'resource_missing');
      }
      const { comment, feedback } = params.cancellation_details ?? {};
      if (params.invoice_now) billNow(world, was, false);
      return cancelNow(world, subscriptions(world).get(id) ?? was, {
        ...(comment ? { comment } : {}),
        ...(feedback ? { feedback } : {}),
        reason: 'cancellation_requested',
      });
    }
  ),

  route<Stripe.SubscriptionResumeParams>('POST /v1/subscriptions/{id}/resume', ({ world, id }) => {
    const was = need(world, (tables) => tables.subscriptions, id);
    if (was.status !== 'paused') {
      throw invalid('Only subscriptions with a status of `paused` can be resumed.', 'id');
    }
    return resume(world, was);
  }),
];

/** Changes of a subscription by the API, also those that arrive through its items. */
export function updateSubscription(
  world: World,
  was: Subscription,
  params: Stored<Stripe.SubscriptionUpdateParams>
): Subscription {
  if (was.ended_at !== null && (params.items || params.cancel_at_period_end !== undefined)) {
    throw invalid(
      'A canceled subscription can only update its cancellation_details and metadata.',
      'id'
    );
  }
  const changed = withDiscounts(world, applyChanges(world, was, params), params.discounts);
  const trialEnded = was.status === 'trialing' && changed.status === 'active';
  if (!params.items) {
    const saved = save(world, changed);
    return trialEnded ? billNow(world, saved, true) : saved;
  }
  const wanted = itemsAfter(world, changed, params.items);
  if (wanted.length === 0) {
    throw invalid('A subscription must have at least one active plan.', 'items');
  }
  const result = changeItems(world, changed, wanted, {
    proration: proration(params.proration_behavior),
    restart: params.billing_cycle_anchor?.type === 'now',
  });
  const saved = save(world, result.subscription);
  return result.bill || trialEnded ? billNow(world, saved, result.restarted || trialEnded) : saved;
}

function save(world: World, row: Subscription): Subscription {
  return change(world, subscriptions(world), row.id, row, 'customer.subscription.updated');
}

/** A list of discounts replaces the one there was; those named by their own id stay. */
function withDiscounts(
  world: World,
  row: Subscription,
  given: Stored<Stripe.SubscriptionUpdateParams>['discounts']
): Subscription {
  if (given === undefined) return row;
  const discounts = (given || []).map((each, index) =>
    each.discount && row.discounts.includes(each.discount)
      ? each.discount
      : redeem(world, row, redeemable(world, each, `discounts[${index}]`), null).id
  );
  for (const id of row.discounts) {
    const gone = world.tables.discounts.get(id);
    if (gone && !discounts.includes(id)) emit(world, 'customer.discount.deleted', gone);
  }
  return { ...row, discounts };
}

function proration(given: string | undefined): Proration {
  return given === 'none' || given === 'always_invoice' ? given : 'create_prorations';
}

function createSubscription(
  world: World,
  params: Stored<Stripe.SubscriptionCreateParams>
): Subscription {
  if (!params.customer) throw missingParam('customer');
  if (!params.items?.length) throw missingParam('items');
  const customer = need(world, (tables) => tables.customers, params.customer, 'customer');
  const items = params.items.map((item, index) => ({
    price: priceOf(world, item, `items[${index}]`),
    quantity: item.quantity ?? 1,
    metadata: metadata(item.metadata),
  }));
  const given = params.default_payment_method;
  if (given) need(world, (tables) => tables.paymentMethods, given, 'default_payment_method');
  const trialEnd = trialEndOf(world, customer.test_clock ?? null, params);
  const behavior = params.payment_behavior ?? 'allow_incomplete';
  const owes = trialEnd === null && items.some((item) => (item.price.unit_amount ?? 0) > 0);
  const method = given ? world.tables.paymentMethods.get(given) : methodToCharge(world, customer);
  if (owes && !method && behavior !== 'default_incomplete') {
    throw invalid(
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority.',
      undefined,
      'resource_missing'
    );
  }
  const decline = method && declineOf(method);
  if (owes && decline && behavior === 'error_if_incomplete') throw cardError(declineError(decline));
  const { subscription } = subscribe(world, {
    customer,
    items,
    metadata: metadata(params.metadata),
    description: params.description ?? null,
    defaultPaymentMethod: given ?? null,
    trialEnd,
    discounts: (params.discounts || []).map((each, index) =>
      redeemable(world, each, `discounts[${index}]`)
    ),
    missingPaymentMethod:
      params.trial_settings?.end_behavior?.missing_payment_method ?? 'create_invoice',
    collectNow: behavior !== 'default_incomplete',
  });
  if (params.cancel_at_period_end === undefined && params.cancel_at === undefined) {
    return subscription;
  }
  const { cancel_at, cancel_at_period_end } = params;
  return save(world, applyChanges(world, subscription, { cancel_at, cancel_at_period_end }));
}

function trialEndOf(
  world: World,
  testClock: string | null,
  params: Stored<Stripe.SubscriptionCreateParams>
): number | null {
  const now = world.now(testClock);
  if (params.trial_period_days) return now + params.trial_period_days * 86_400;
  return typeof params.trial_end === 'number' ? params.trial_end : null;
}

function hasStatus(row: Subscription, wanted: string | undefined): boolean {
  if (wanted === undefined) return row.status !== 'canceled';
  if (wanted === 'all') return true;
  if (wanted === 'ended') return row.ended_at !== null;
  return row.status === wanted;
}
