import { create, testClockOf } from '../events/record';
import { newId, token } from '../store/ids';
import type { Charge, PaymentIntent, PaymentMethod } from '../types';
import type { World } from '../world';
import { recordBalance } from './balance';
import { cardEnding, type Decline } from './cards';

/** Makes the charge of one attempt: paid, or refused with the card's decline. */
export function charge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline: Decline | undefined
): Charge {
  const id = newId('ch');
  const paid = decline === undefined;
  const created = world.now(testClockOf(world, intent));
  const row: Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: paid ? balance(world, id, intent, created) : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'MEMBERSHIPS',
    captured: paid,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: world.livemode,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome(decline),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(intent, method) },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: paid ? `${world.url()}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
  return create(world, world.tables.charges, row, paid ? 'charge.succeeded' : 'charge.failed');
}

/** How the bank answers this card today. */
export function declineOf(method: PaymentMethod): Decline | undefined {
  return cardEnding(method.card?.last4)?.charge;
}

export function needsAuthentication(method: PaymentMethod): boolean {
  return cardEnding(method.card?.last4)?.authenticate === true;
}

function cardDetails(intent: PaymentIntent, { card }: PaymentMethod) {
  return {
    amount_authorized: intent.amount,
    authorization_code: '000000',
    brand: card?.brand ?? 'visa',
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2034,
    extended_authorization: { status: 'disabled' as const },
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    incremental_authorization: { status: 'unavailable' as const },
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    multicapture: { status: 'unavailable' as const },
    network: card?.brand ?? null,
    network_token: { used: false },
    network_transaction_id: token(15),
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' as const },
    regulated_status: 'unregulated' as const,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}

function outcome(decline: Decline | undefined): Charge['outcome'] {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: decline?.networkDeclineCode ?? null,
    network_status: decline ? 'declined_by_network' : 'approved_by_network',
    reason: decline?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: decline
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: decline ? 'issuer_declined' : 'authorized',
  };
}

function balance(world: World, source: string, intent: PaymentIntent, created: number): string {
  const { amount, currency, description } = intent;
  return recordBalance(world, { source, type: 'charge', amount, currency, description, created })
    .id;
}
