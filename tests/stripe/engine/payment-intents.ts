import { change, create, emit, testClockOf } from '../events/record';
import { newId, token } from '../store/ids';
import type { Charge, PaymentIntent, PaymentMethod } from '../types';
import type { World } from '../world';
import { charge, declineOf, needsAuthentication } from './charge';
import type { Decline } from './cards';

export interface IntentSpec {
  /** Minor units. */
  amount: number;
  currency: string;
  customer: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  setupFutureUsage?: string | null;
  receiptEmail?: string | null;
  orderReference?: string;
  paymentMethod?: string | null;
  /** Asked for by the API rather than made for an invoice or a checkout. */
  direct?: boolean;
}

export function createIntent(world: World, spec: IntentSpec): PaymentIntent {
  const id = newId('pi');
  const row: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: spec.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: spec.direct ? { allow_redirects: 'always', enabled: true } : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: spec.direct ? 'automatic_async' : 'automatic',
    client_secret: `${id}_secret_${token(25)}`,
    confirmation_method: 'automatic',
    created: world.now(testClockOf(world, { customer: spec.customer })),
    currency: spec.currency,
    customer: spec.customer,
    customer_account: null,
    description: spec.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: world.livemode,
    managed_payments: null,
    metadata: spec.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_details: {
      customer_reference: null,
      order_reference: spec.orderReference ?? null,
    },
    payment_method: spec.paymentMethod ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: 'automatic',
      },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: spec.receiptEmail ?? null,
    review: null,
    setup_future_usage: spec.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: spec.paymentMethod ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
  return create(world, world.tables.paymentIntents, row, 'payment_intent.created');
}

export type Attempt =
  | { outcome: 'paid'; charge: Charge }
  | { outcome: 'declined'; charge: Charge; decline: Decline }
  | { outcome: 'action' };

/** Tries to take the money; records the charge and the intent's new state with their events. */
export function confirmIntent(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  if (needsAuthentication(method)) {
    requireAction(world, intent, method);
    return { outcome: 'action' };
  }
  const decline = declineOf(method);
  const made = charge(world, intent, method, decline);
  if (decline) {
    failIntent(world, intent, method, made, decline);
    return { outcome: 'declined', charge: made, decline };
  }
  change(
    world,
    world.tables.paymentIntents,
    intent.id,
    {
      status: 'succeeded',
      amount_received: intent.amount,
      latest_charge: made.id,
      payment_method: method.id,
      last_payment_error: null,
      next_action: null,
    },
    undefined
  );
  notify(world, intent.id, 'payment_intent.succeeded');
  return { outcome: 'paid', charge: made };
}

function failIntent(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  made: Charge,
  decline: Decline
): void {
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'requires_payment_method',
    latest_charge: made.id,
    payment_method: null,
    last_payment_error: {
      type: 'card_error',
      charge: made.id,
      code: 'card_declined',
      decline_code: decline.declineCode,
      message: decline.message,
      payment_method: method,
    },
  });
  notify(world, intent.id, 'payment_intent.payment_failed');
}

function requireAction(world: World, intent: PaymentIntent, method: PaymentMethod): void {
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'requires_action',
    payment_method: method.id,
    next_action: {
      type: 'use_stripe_sdk',
      use_stripe_sdk: { type: 'three_d_secure_redirect' },
    },
  });
  notify(world, intent.id, 'payment_intent.requires_action');
}

/** These events carry no `previous_attributes`: they tell an outcome, not a change. */
function notify(
  world: World,
  id: string,
  type:
    | 'payment_intent.succeeded'
    | 'payment_intent.payment_failed'
    | 'payment_intent.requires_action'
    | 'payment_intent.canceled'
): void {
  const intent = world.tables.paymentIntents.get(id);
  if (intent) emit(world, type, intent);
}

/** Cancels an intent nobody will pay any more. */
export function cancelIntent(
  world: World,
  id: string,
  reason: PaymentIntent['cancellation_reason']
): PaymentIntent {
  const before = world.tables.paymentIntents.get(id);
  const after = change(world, world.tables.paymentIntents, id, {
    status: 'canceled',
    canceled_at: before ? world.now(testClockOf(world, before)) : null,
    cancellation_reason: reason,
  });
  notify(world, id, 'payment_intent.canceled');
  return after;
}
