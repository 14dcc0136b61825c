import type Stripe from 'stripe';
import { entitlementsOf } from '../engine/entitlements';
import { change, create } from '../events/record';
import { invalid, noSuch } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import type { EntitlementFeature } from '../types';
import { need } from '../world';
import { metadata } from './fields';

const features = '/v1/entitlements/features';
const active = '/v1/entitlements/active_entitlements';
const ofProduct = '/v1/products/{product}/features';

export const entitlementRoutes: Route[] = [
  route<Stripe.Entitlements.FeatureCreateParams>(`POST ${features}`, ({ world, params }) => {
    const { entitlementFeatures } = world.tables;
    const { lookup_key } = params;
    if (entitlementFeatures.filter((row) => row.lookup_key === lookup_key).length > 0) {
      throw invalid(`A feature with the lookup key ${lookup_key} already exists.`, 'lookup_key');
    }
    const row: EntitlementFeature = {
      id: newId('feat'),
      object: 'entitlements.feature',
      active: true,
      livemode: world.livemode,
      lookup_key,
      metadata: metadata(params.metadata),
      name: params.name,
    };
    return create(world, entitlementFeatures, row);
  }),

  route<Stripe.Entitlements.FeatureListParams>(`GET ${features}`, ({ world, params }) => {
    const rows = world.tables.entitlementFeatures
      .newestFirst()
      .filter((row) => params.lookup_key === undefined || row.lookup_key === params.lookup_key);
    return listPage(rows, features, params);
  }),

  route<Stripe.Entitlements.FeatureRetrieveParams>(`GET ${features}/{id}`, ({ world, id }) =>
    need(world, (tables) => tables.entitlementFeatures, id)
  ),

  route<Stripe.Entitlements.FeatureUpdateParams>(
    `POST ${features}/{id}`,
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.entitlementFeatures, id);
      return change(world, world.tables.entitlementFeatures, id, {
        active: params.active ?? was.active,
        metadata: metadata(params.metadata, was.metadata),
        name: params.name ?? was.name,
      });
    }
  ),

  route<Stripe.ProductCreateFeatureParams>(`POST ${ofProduct}`, ({ world, id, params }) => {
    need(world, (tables) => tables.products, id, 'product');
    const feature = need(
      world,
      (tables) => tables.entitlementFeatures,
      params.entitlement_feature,
      'entitlement_feature'
    );
    const made = create(world, world.tables.productFeatures, {
      id: newId('prodft'),
      object: 'product_feature',
      entitlement_feature: feature,
      livemode: world.livemode,
    });
    world.featureOwners.set(made.id, id);
    return made;
  }),

  route<Stripe.ProductListFeaturesParams>(`GET ${ofProduct}`, ({ world, id, params }) => {
    const rows = world.tables.productFeatures
      .newestFirst()
      .filter((row) => world.featureOwners.get(row.id) === id);
    return listPage(rows, `/v1/products/${id}/features`, params);
  }),

  route<Stripe.ProductRetrieveFeatureParams>(`GET ${ofProduct}/{id}`, ({ world, ids }) =>
    need(world, (tables) => tables.productFeatures, ids[1] ?? '')
  ),

  route<Stripe.ProductDeleteFeatureParams>(`DELETE ${ofProduct}/{id}`, ({ world, ids }) => {
    const row = need(world, (tables) => tables.productFeatures, ids[1] ?? '');
    world.tables.productFeatures.remove(row.id);
    return { id: row.id, object: 'product_feature', deleted: true };
  }),

  route<Stripe.Entitlements.ActiveEntitlementListParams>(`GET ${active}`, ({ world, params }) => {
    need(world, (tables) => tables.customers, params.customer, 'customer');
    return listPage(entitlementsOf(world, params.customer), active, params);
  }),

  route<Stripe.Entitlements.ActiveEntitlementRetrieveParams>(
    `GET ${active}/{id}`,
    ({ world, id }) => {
      for (const [key, known] of world.entitlementIds) {
        const [customer = ''] = key.split(':');
        const found = known === id && entitlementsOf(world, customer).find((row) => row.id === id);
        if (found) return found;
      }
      throw noSuch('active entitlement', id, 'id');
    }
  ),
];
