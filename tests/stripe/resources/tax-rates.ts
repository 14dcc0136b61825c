import type Stripe from 'stripe';
import { change, create } from '../events/record';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import { need } from '../world';
import { metadata } from './fields';

/** Tax rates exist and can be named; the simulator computes no taxes with them. */
export const taxRateRoutes: Route[] = [
  route<Stripe.TaxRateCreateParams>('POST /v1/tax_rates', ({ world, params }) =>
    create(
      world,
      world.tables.taxRates,
      {
        id: newId('txr'),
        object: 'tax_rate',
        active: params.active ?? true,
        country: params.country ?? null,
        created: world.now(),
        description: params.description ?? null,
        display_name: params.display_name,
        effective_percentage: null,
        flat_amount: null,
        inclusive: params.inclusive,
        jurisdiction: params.jurisdiction ?? null,
        jurisdiction_level: null,
        livemode: world.livemode,
        metadata: metadata(params.metadata),
        percentage: params.percentage,
        rate_type: 'percentage',
        state: params.state ?? null,
        tax_type: params.tax_type ?? null,
      },
      'tax_rate.created'
    )
  ),

  route<Stripe.TaxRateListParams>('GET /v1/tax_rates', ({ world, params }) =>
    listPage(world.tables.taxRates.newestFirst(), '/v1/tax_rates', params)
  ),

  route<Stripe.TaxRateRetrieveParams>('GET /v1/tax_rates/{rate}', ({ world, id }) =>
    need(world, (tables) => tables.taxRates, id)
  ),

  route<Stripe.TaxRateUpdateParams>('POST /v1/tax_rates/{rate}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.taxRates, id);
    const changes = {
      active: params.active ?? was.active,
      description: params.description ?? was.description,
      display_name: params.display_name ?? was.display_name,
      metadata: metadata(params.metadata, was.metadata ?? {}),
    };
    return change(world, world.tables.taxRates, id, changes, 'tax_rate.updated');
  }),
];
