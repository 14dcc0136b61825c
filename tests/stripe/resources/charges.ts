import type Stripe from 'stripe';
import { captureIntent } from '../engine/payment-intents';
import { change } from '../events/record';
import { invalid } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { need, type World } from '../world';
import { metadata, shippingOf } from './fields';
import { matcher } from './search';

const charges = (world: World) => world.tables.charges;

export const chargeRoutes: Route[] = [
  route<Stripe.ChargeSearchParams>('GET /v1/charges/search', ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(charges(world).newestFirst().filter(matches), '/v1/charges/search', params);
  }),

  route<Stripe.ChargeRetrieveParams>('GET /v1/charges/{charge}', ({ world, id }) =>
    need(world, (tables) => tables.charges, id)
  ),

  route<Stripe.ChargeUpdateParams>('POST /v1/charges/{charge}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.charges, id);
    const report = params.fraud_details?.user_report;
    return change(
      world,
      charges(world),
      id,
      {
        description: params.description ?? was.description,
        ...(report ? { fraud_details: { user_report: report } } : {}),
        metadata: metadata(params.metadata, was.metadata),
        receipt_email: params.receipt_email ?? was.receipt_email,
        shipping: shippingOf(params.shipping, was.shipping),
      },
      'charge.updated'
    );
  }),

  route<Stripe.ChargeCaptureParams>(
    'POST /v1/charges/{charge}/capture',
    ({ world, id, params }) => {
      const row = need(world, (tables) => tables.charges, id);
      const intent = world.tables.paymentIntents.get(row.payment_intent ?? '');
      if (!intent || row.captured) {
        throw invalid(
          `Charge ${id} has already been captured.`,
          undefined,
          'charge_already_captured'
        );
      }
      captureIntent(world, intent, params.amount ?? row.amount);
      return need(world, (tables) => tables.charges, id);
    }
  ),

  route<Stripe.ChargeListParams>('GET /v1/charges', ({ world, params }) => {
    const rows = charges(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/charges', params);
  }),
];
