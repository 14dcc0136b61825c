import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { cancelIntent, confirmIntent, createIntent } from '../engine/payment-intents';
import { paymentMethodNamed } from '../engine/payment-methods';
import { settle } from '../engine/collect';
import { change } from '../events/record';
import { cardError, invalid } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { PaymentIntent } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

const tooSmall =
  'The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents';

export const paymentRoutes: Route[] = [
  route<Stripe.PaymentIntentCreateParams>('POST /v1/payment_intents', ({ world, params }) => {
    if (params.amount < 1) throw invalid(tooSmall, 'amount', 'parameter_invalid_integer');
    if (params.customer) need(world, (tables) => tables.customers, params.customer, 'customer');
    const method = params.payment_method
      ? paymentMethodNamed(world, params.payment_method, 'payment_method')
      : undefined;
    if (method) world.tables.paymentMethods.put(method);
    const intent = createIntent(world, {
      direct: true,
      amount: params.amount,
      currency: params.currency.toLowerCase(),
      customer: params.customer ?? null,
      description: params.description ?? null,
      metadata: metadata(params.metadata),
      receiptEmail: params.receipt_email || null,
      setupFutureUsage: params.setup_future_usage ?? null,
      paymentMethod: method?.id ?? null,
    });
    return params.confirm ? confirm(world, intent, method?.id) : intent;
  }),

  route<Stripe.PaymentIntentConfirmParams>(
    'POST /v1/payment_intents/{intent}/confirm',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.paymentIntents, id);
      return confirm(world, intent, params.payment_method ?? intent.payment_method ?? undefined);
    }
  ),

  route<Stripe.PaymentIntentCancelParams>(
    'POST /v1/payment_intents/{intent}/cancel',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.paymentIntents, id);
      if (intent.status === 'succeeded' || intent.status === 'canceled') {
        throw invalid(
          `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
          undefined,
          'payment_intent_unexpected_state'
        );
      }
      return cancelIntent(world, id, params.cancellation_reason ?? null);
    }
  ),

  route<Stripe.PaymentIntentUpdateParams>(
    'POST /v1/payment_intents/{intent}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.paymentIntents, id);
      return change(world, world.tables.paymentIntents, id, {
        description: params.description ?? was.description,
        metadata: metadata(params.metadata, was.metadata),
      });
    }
  ),

  route<Stripe.PaymentIntentRetrieveParams>('GET /v1/payment_intents/{intent}', ({ world, id }) =>
    need(world, (tables) => tables.paymentIntents, id)
  ),

  route<Stripe.PaymentIntentListParams>('GET /v1/payment_intents', ({ world, params }) => {
    const rows = world.tables.paymentIntents
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/payment_intents', params);
  }),

  route<Stripe.ChargeRetrieveParams>('GET /v1/charges/{charge}', ({ world, id }) =>
    need(world, (tables) => tables.charges, id)
  ),

  route<Stripe.ChargeListParams>('GET /v1/charges', ({ world, params }) => {
    const rows = world.tables.charges
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/charges', params);
  }),

  route<Stripe.BalanceTransactionRetrieveParams>(
    'GET /v1/balance_transactions/{id}',
    ({ world, id }) => need(world, (tables) => tables.balanceTransactions, id)
  ),
];

function confirm(world: World, intent: PaymentIntent, method: string | undefined): PaymentIntent {
  if (!method) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method.",
      undefined,
      'payment_intent_unexpected_state'
    );
  }
  const card = paymentMethodNamed(world, method, 'payment_method');
  world.tables.paymentMethods.put(card);
  const attempt = confirmIntent(world, intent, card);
  if (attempt.outcome === 'paid') settleInvoiceOf(world, intent.id);
  const after = world.tables.paymentIntents.get(intent.id) ?? intent;
  if (attempt.outcome !== 'declined') return after;
  throw cardError({
    ...declineError(attempt.decline),
    charge: attempt.charge.id,
    payment_intent: after,
  });
}

/** A customer who confirms the intent of an invoice has paid that invoice. */
function settleInvoiceOf(world: World, intent: string): void {
  const payment = world.tables.invoicePayments.filter(
    (row) => row.payment.payment_intent === intent && row.status === 'open'
  )[0];
  if (payment) settle(world, payment.invoice);
}
