import { create, testClockOf } from '../events/record';
import { newId, token } from '../store/ids';
import type { PaymentIntent } from '../types';
import type { World } from '../world';
import { methodTypes, paymentOptions } from './method-types';

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
  methodTypes?: string[] | undefined;
  captureMethod?: string | undefined;
  confirmationMethod?: string | undefined;
  shipping?: PaymentIntent['shipping'];
  statementDescriptor?: string | null;
  /** What a call says besides. */
  fields?: Partial<PaymentIntent>;
}

/** An intent that asks for money, not tried yet. */
export function createIntent(world: World, spec: IntentSpec): PaymentIntent {
  const id = newId('pi');
  const purpose = spec.direct ? 'payments' : 'invoices';
  const types =
    spec.methodTypes ?? methodTypes(purpose, spec.currency, spec.captureMethod === 'manual');
  const automatic = spec.direct === true && spec.methodTypes === undefined;
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
    automatic_payment_methods: automatic ? { allow_redirects: 'always', enabled: true } : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: spec.captureMethod ?? (spec.direct ? 'automatic_async' : 'automatic'),
    client_secret: `${id}_secret_${token(25)}`,
    confirmation_method: spec.confirmationMethod ?? 'automatic',
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
    ...(spec.orderReference
      ? { payment_details: { customer_reference: null, order_reference: spec.orderReference } }
      : {}),
    payment_method: spec.paymentMethod ?? null,
    payment_method_configuration_details: automatic
      ? { id: world.account.id.replace('acct_', 'pmc_'), parent: null }
      : null,
    payment_method_options: paymentOptions(types, purpose),
    payment_method_types: types,
    payment_record: null,
    processing: null,
    receipt_email: spec.receiptEmail ?? null,
    review: null,
    setup_future_usage: spec.setupFutureUsage ?? null,
    shipping: spec.shipping ?? null,
    source: null,
    statement_descriptor: spec.statementDescriptor ?? null,
    statement_descriptor_suffix: null,
    status: spec.paymentMethod ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...spec.fields,
  };
  return create(world, world.tables.paymentIntents, row, 'payment_intent.created');
}
