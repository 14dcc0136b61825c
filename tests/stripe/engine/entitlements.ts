import { emit } from '../events/record';
import { newId } from '../store/ids';
import type { ActiveEntitlement } from '../types';
import type { World } from '../world';

const giving = new Set(['active', 'trialing', 'past_due']);

/** What a customer's running subscriptions entitle them to. https://docs.stripe.com/billing/entitlements */
export function entitlementsOf(world: World, customer: string): ActiveEntitlement[] {
  const { subscriptions, productFeatures } = world.tables;
  const products = new Set(
    subscriptions
      .filter((row) => row.customer === customer && giving.has(row.status))
      .flatMap((row) => row.items.data.map((item) => item.price.product))
  );
  const features = productFeatures
    .filter((row) => products.has(world.featureOwners.get(row.id) ?? ''))
    .map((row) => row.entitlement_feature);
  const unique = new Map(features.map((feature) => [feature.id, feature]));
  return [...unique.values()].map((feature) => ({
    id: idOf(world, customer, feature.id),
    object: 'entitlements.active_entitlement',
    feature: feature.id,
    livemode: world.livemode,
    lookup_key: feature.lookup_key,
  }));
}

/** Tells of a change, after anything that may have been one. */
export function refreshEntitlements(world: World, customer: string): void {
  if (world.featureOwners.size === 0) return;
  const before = world.entitled.get(customer) ?? [];
  const now = entitlementsOf(world, customer);
  if (keys(before) === keys(now)) return;
  world.entitled.set(customer, now);
  emit(
    world,
    'entitlements.active_entitlement_summary.updated',
    {
      object: 'entitlements.active_entitlement_summary',
      customer,
      entitlements: list(customer, now),
      livemode: world.livemode,
    },
    { entitlements: list(customer, before) }
  );
}

function keys(rows: ActiveEntitlement[]): string {
  return rows
    .map((row) => row.lookup_key)
    .sort()
    .join();
}

function list(customer: string, data: ActiveEntitlement[]) {
  const url = `/v1/customer/${customer}/entitlements`;
  return { object: 'list', data, has_more: false, url };
}

function idOf(world: World, customer: string, feature: string): string {
  const key = `${customer}:${feature}`;
  const id = world.entitlementIds.get(key) ?? newId('ent');
  world.entitlementIds.set(key, id);
  return id;
}
