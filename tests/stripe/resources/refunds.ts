import type Stripe from 'stripe';
import { formatAmount } from '../engine/money';
import { failRefund, refundCharge, updateRefund } from '../engine/refunds';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { formerRoute, route, type Route } from '../http/routes';
import type { Charge, Refund, Stored } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

export const refundRoutes: Route[] = [
  route<Stripe.RefundCreateParams>('POST /v1/refunds', ({ world, params }) =>
    refund(world, params)
  ),

  // By the charge, as refunds were made once: the older of the two answers the charge.
  formerRoute<Stripe.RefundCreateParams>(
    'POST /v1/charges/{charge}/refunds',
    'POST /v1/refunds',
    ({ world, id, params }) => refund(world, { ...params, charge: id })
  ),

  formerRoute<Stripe.RefundCreateParams>(
    'POST /v1/charges/{charge}/refund',
    'POST /v1/refunds',
    ({ world, id, params }) => {
      refund(world, { ...params, charge: id });
      return need(world, (tables) => tables.charges, id);
    }
  ),

  formerRoute<Stripe.RefundListParams>(
    'GET /v1/charges/{charge}/refunds',
    'GET /v1/refunds',
    ({ world, id, params }) => {
      const rows = world.tables.refunds.newestFirst().filter((row) => row.charge === id);
      return listPage(rows, `/v1/charges/${id}/refunds`, params);
    }
  ),

  route<Stripe.RefundUpdateParams>('POST /v1/refunds/{refund}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.refunds, id);
    return updateRefund(world, id, { metadata: metadata(params.metadata, was.metadata ?? {}) });
  }),

  route<Stripe.RefundCancelParams>('POST /v1/refunds/{refund}/cancel', ({ world, id }) => {
    const was = need(world, (tables) => tables.refunds, id);
    if (was.status !== 'pending') {
      throw invalid(`Refund ${id} cannot be canceled: its status is ${was.status}.`);
    }
    return failRefund(world, id, 'canceled');
  }),

  route<Stripe.RefundListParams>('GET /v1/refunds', ({ world, params }) => {
    const rows = world.tables.refunds
      .newestFirst()
      .filter(
        (row) =>
          (params.charge === undefined || row.charge === params.charge) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/refunds', params);
  }),

  route<Stripe.RefundRetrieveParams>('GET /v1/refunds/{refund}', ({ world, id }) =>
    need(world, (tables) => tables.refunds, id)
  ),
];

function chargeOf(world: World, params: Stored<Stripe.RefundCreateParams>): Charge {
  if (params.charge) return need(world, (tables) => tables.charges, params.charge, 'charge');
  if (!params.payment_intent) throw missingParam('charge');
  const intent = need(
    world,
    (tables) => tables.paymentIntents,
    params.payment_intent,
    'payment_intent'
  );
  if (intent.status !== 'succeeded' || !intent.latest_charge) {
    throw invalid(
      'This PaymentIntent does not have a successful charge to refund.',
      'payment_intent'
    );
  }
  return need(world, (tables) => tables.charges, intent.latest_charge, 'charge');
}

function refund(world: World, params: Stored<Stripe.RefundCreateParams>): Refund {
  const charge = chargeOf(world, params);
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = params.amount ?? left;
  if (left === 0) {
    throw invalid(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded'
    );
  }
  if (amount < 1 || amount > left) {
    throw invalid(
      `Refund amount (${formatAmount(amount, charge.currency)}) is greater than unrefunded amount on charge (${formatAmount(left, charge.currency)})`,
      'amount'
    );
  }
  return refundCharge(world, charge, {
    amount,
    metadata: metadata(params.metadata),
    reason: params.reason ?? null,
  });
}
