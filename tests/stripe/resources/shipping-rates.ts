import type Stripe from 'stripe';
import { change, create } from '../events/record';
import { missingParam } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import { need } from '../world';
import { metadata } from './fields';

const url = '/v1/shipping_rates';

/** Shipping rates can be made and named; nothing is shipped, and no checkout adds them. */
export const shippingRateRoutes: Route[] = [
  route<Stripe.ShippingRateCreateParams>(`POST ${url}`, ({ world, params }) => {
    if (!params.fixed_amount) throw missingParam('fixed_amount');
    const { amount, currency } = params.fixed_amount;
    return create(world, world.tables.shippingRates, {
      id: newId('shr'),
      object: 'shipping_rate',
      active: true,
      created: world.now(),
      delivery_estimate: null,
      display_name: params.display_name,
      fixed_amount: { amount, currency: currency.toLowerCase() },
      livemode: world.livemode,
      metadata: metadata(params.metadata),
      tax_behavior: params.tax_behavior ?? 'unspecified',
      tax_code: params.tax_code ?? null,
      type: 'fixed_amount',
    });
  }),

  route<Stripe.ShippingRateListParams>(`GET ${url}`, ({ world, params }) => {
    const rows = world.tables.shippingRates
      .newestFirst()
      .filter((row) => params.active === undefined || row.active === params.active);
    return listPage(rows, url, params);
  }),

  route<Stripe.ShippingRateRetrieveParams>(`GET ${url}/{rate}`, ({ world, id }) =>
    need(world, (tables) => tables.shippingRates, id)
  ),

  route<Stripe.ShippingRateUpdateParams>(`POST ${url}/{rate}`, ({ world, id, params }) => {
    const was = need(world, (tables) => tables.shippingRates, id);
    return change(world, world.tables.shippingRates, id, {
      active: params.active ?? was.active,
      metadata: metadata(params.metadata, was.metadata),
    });
  }),
];
