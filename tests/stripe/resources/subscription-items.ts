import type Stripe from 'stripe';
import { noSuch } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Subscription, SubscriptionItem } from '../types';
import { need, type World } from '../world';
import { updateSubscription } from './subscription-update';

export const subscriptionItemRoutes: Route[] = [
  route<Stripe.SubscriptionItemListParams>('GET /v1/subscription_items', ({ world, params }) => {
    const owner = need(
      world,
      (tables) => tables.subscriptions,
      params.subscription,
      'subscription'
    );
    return listPage(owner.items.data, '/v1/subscription_items', params);
  }),

  route<Stripe.SubscriptionItemRetrieveParams>(
    'GET /v1/subscription_items/{item}',
    ({ world, id }) => find(world, id).item
  ),

  route<Stripe.SubscriptionItemCreateParams>('POST /v1/subscription_items', ({ world, params }) => {
    const { subscription, proration_behavior, price, price_data, quantity, metadata } = params;
    const owner = need(world, (tables) => tables.subscriptions, subscription, 'subscription');
    const before = new Set(owner.items.data.map((item) => item.id));
    const item = { price, price_data, quantity, metadata };
    const after = updateSubscription(world, owner, { items: [item], proration_behavior });
    return itemOf(after, (each) => !before.has(each.id));
  }),

  route<Stripe.SubscriptionItemUpdateParams>(
    'POST /v1/subscription_items/{item}',
    ({ world, id, params }) => {
      const { owner } = find(world, id);
      const { proration_behavior, price, price_data, quantity, metadata } = params;
      const item = { id, price, price_data, quantity, metadata };
      const after = updateSubscription(world, owner, { items: [item], proration_behavior });
      return itemOf(after, (each) => each.id === id);
    }
  ),

  route<Stripe.SubscriptionItemDeleteParams>(
    'DELETE /v1/subscription_items/{item}',
    ({ world, id, params }) => {
      const { owner } = find(world, id);
      const { proration_behavior } = params;
      updateSubscription(world, owner, { items: [{ id, deleted: true }], proration_behavior });
      return { id, object: 'subscription_item', deleted: true };
    }
  ),
];

function find(world: World, id: string): { owner: Subscription; item: SubscriptionItem } {
  for (const owner of world.tables.subscriptions.all()) {
    const item = owner.items.data.find((each) => each.id === id);
    if (item) return { owner, item };
  }
  throw noSuch('subscription_item', id, 'id');
}

function itemOf(
  subscription: Subscription,
  test: (item: SubscriptionItem) => boolean
): SubscriptionItem {
  const item = subscription.items.data.find(test);
  if (!item) throw new Error('The item that was just written is gone');
  return item;
}
