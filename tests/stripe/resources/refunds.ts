import type Stripe from 'stripe';
import { recordBalance } from '../engine/balance';
import { change, create, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import type { Charge, Refund, Stored } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

export const refundRoutes: Route[] = [
  route<Stripe.RefundCreateParams>('POST /v1/refunds', ({ world, params }) => {
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
        `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
        'amount'
      );
    }
    const refund = create(
      world,
      world.tables.refunds,
      build(world, charge, amount, params),
      'refund.created'
    );
    const refunded = charge.amount_refunded + amount;
    const after = change(world, world.tables.charges, charge.id, {
      amount_refunded: refunded,
      refunded: refunded === charge.amount,
    });
    emit(world, 'charge.refunded', after, {
      amount_refunded: charge.amount_refunded,
      refunded: charge.refunded,
    });
    return refund;
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

function build(
  world: World,
  charge: Charge,
  amount: number,
  params: Stored<Stripe.RefundCreateParams>
): Refund {
  const customer = charge.customer ? world.tables.customers.get(charge.customer) : undefined;
  const id = newId('re');
  const created = world.now(customer?.test_clock ?? null);
  const { currency } = charge;
  const entry = { source: id, amount: -amount, currency, description: null, created };
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: recordBalance(world, { ...entry, type: 'refund' }).id,
    charge: charge.id,
    created,
    currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: 'pending',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    metadata: metadata(params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}
