import { buildItem } from '../engine/subscribe';
import { nextBoundary } from '../engine/calendar';
import { cycleOf } from '../engine/subscribe';
import { planOf } from '../engine/plan';
import { invalid, missingParam } from '../http/errors';
import type { Price, Subscription, SubscriptionItem } from '../types';
import { need, type World } from '../world';
import { buildPrice, type PriceGiven } from './price-building';
import { metadata } from './fields';

/** What the parameters that name or describe a price have in common. */
export interface ItemGiven {
  price?: string;
  plan?: string;
  price_data?: Omit<PriceGiven, 'nickname' | 'lookup_key'>;
  quantity?: number;
  metadata?: Parameters<typeof metadata>[0];
}

/** A parameter of another endpoint that describes an item. */
export function itemGiven<Data extends ItemGiven['price_data']>(
  item: Omit<ItemChange, 'price_data'> & { price_data?: Data }
): Omit<ItemChange, 'price_data'> & { price_data?: NonNullable<Data> } {
  const { id, price, plan, price_data, quantity, metadata: data, deleted } = item;
  return {
    ...(id ? { id } : {}),
    ...(price ? { price } : {}),
    ...(plan ? { plan } : {}),
    ...(price_data ? { price_data } : {}),
    ...(quantity === undefined ? {} : { quantity }),
    ...(data ? { metadata: data } : {}),
    ...(deleted ? { deleted } : {}),
  };
}

/** The price a parameter names, or one made from `price_data`. */
export function priceOf(world: World, given: ItemGiven, param: string): Price {
  const id = given.price ?? given.plan;
  if (id) {
    const price = need(world, (tables) => tables.prices, id, `${param}[price]`);
    if (price.active) return price;
    throw invalid(
      `The price specified is inactive. This field only accepts active prices.`,
      `${param}[price]`
    );
  }
  if (!given.price_data) throw missingParam(`${param}[price]`);
  need(
    world,
    (tables) => tables.products,
    given.price_data.product,
    `${param}[price_data][product]`
  );
  const made = buildPrice(world, { ...given.price_data, active: false });
  return world.tables.prices.put(made);
}

export interface ItemChange extends ItemGiven {
  id?: string;
  deleted?: boolean;
}

/** The items a subscription has after the changes a call asks for. */
export function itemsAfter(
  world: World,
  subscription: Subscription,
  changes: ItemChange[]
): SubscriptionItem[] {
  let items = subscription.items.data;
  changes.forEach((change, index) => {
    const param = `items[${index}]`;
    const known = items.find((item) => item.id === change.id);
    if (change.id && !known) {
      throw invalid(
        `No such subscription item: '${change.id}'`,
        `${param}[id]`,
        'resource_missing'
      );
    }
    if (known && change.deleted) items = items.filter((item) => item !== known);
    else if (known) {
      const next = changed(world, known, change, param);
      items = items.map((item) => (item === known ? next : item));
    } else items = [...items, added(world, subscription, change, param)];
  });
  return items;
}

function changed(
  world: World,
  item: SubscriptionItem,
  change: ItemChange,
  param: string
): SubscriptionItem {
  const named = change.price ?? change.plan ?? change.price_data;
  const price = named === undefined ? item.price : priceOf(world, change, param);
  return {
    ...item,
    price,
    plan: planOf(price),
    quantity: change.quantity ?? item.quantity ?? 1,
    metadata: metadata(change.metadata, item.metadata),
  };
}

function added(
  world: World,
  subscription: Subscription,
  change: ItemChange,
  param: string
): SubscriptionItem {
  const price = priceOf(world, change, param);
  const now = world.now(subscription.test_clock);
  const { interval, interval_count } = cycleOf(price);
  const anchor = subscription.billing_cycle_anchor;
  const end =
    subscription.status === 'trialing' && subscription.trial_end
      ? subscription.trial_end
      : nextBoundary(anchor, interval, interval_count, now);
  const quantity = change.quantity ?? 1;
  return buildItem(
    subscription.id,
    { price, quantity, metadata: metadata(change.metadata) },
    now,
    end
  );
}
