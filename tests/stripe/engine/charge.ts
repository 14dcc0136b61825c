import { change, create, testClockOf } from '../events/record';
import { newId, token } from '../store/ids';
import type { Charge, PaymentIntent, PaymentMethod } from '../types';
import type { World } from '../world';
import { recordBalance } from './balance';
import { cardEnding, type Decline, type TestCard } from './cards';

/** How an attempt stands: taken, held until it is captured, on its way to the bank, or refused. */
export type Standing = 'paid' | 'held' | 'pending' | Decline;

const week = 7 * 86_400;

/** Makes the charge of one attempt and records its event. */
export function charge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  standing: Standing
): Charge {
  const id = newId(method.type === 'card' ? 'ch' : 'py');
  const decline = typeof standing === 'object' ? standing : undefined;
  const taken = standing === 'paid' || standing === 'held';
  const created = world.now(testClockOf(world, intent));
  const row: Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: standing === 'paid' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'MEMBERSHIPS',
    captured: standing === 'paid' || standing === 'pending',
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
    paid: taken,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(intent, method, created),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: taken ? `${world.url()}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : taken ? 'succeeded' : 'pending',
    transfer_data: null,
    transfer_group: null,
  };
  const type = decline ? 'charge.failed' : taken ? 'charge.succeeded' : 'charge.pending';
  if (standing !== 'paid') return create(world, world.tables.charges, row, type);
  if (intent.capture_method !== 'automatic_async') {
    return create(
      world,
      world.tables.charges,
      { ...row, balance_transaction: balanceOf(world, row) },
      type
    );
  }
  // Asked for by the API, the balance follows in its own time.
  create(world, world.tables.charges, row, type);
  world.afterwards(() => bookBalance(world, id));
  return row;
}

/** Books what a charge brought, for one that had not been booked. */
export function bookBalance(world: World, id: string): void {
  const row = world.tables.charges.get(id);
  if (!row || row.balance_transaction) return;
  const balance_transaction = balanceOf(world, row);
  change(world, world.tables.charges, id, { balance_transaction }, 'charge.updated');
}

function balanceOf(world: World, row: Charge): string {
  const { currency, description, amount_captured: amount } = row;
  const created = world.now(testClockOf(world, row));
  return recordBalance(world, {
    source: row.id,
    type: 'charge',
    amount,
    currency,
    description,
    created,
  }).id;
}

/** How the bank answers this card today. */
export function declineOf(method: PaymentMethod): Decline | undefined {
  return behaviourOf(method)?.charge;
}

export function needsAuthentication(method: PaymentMethod): boolean {
  return behaviourOf(method)?.authenticate === true;
}

export function behaviourOf(method: PaymentMethod): TestCard | undefined {
  return cardEnding(method.card?.last4);
}

function detailsOf(
  intent: PaymentIntent,
  method: PaymentMethod,
  created: number
): Charge['payment_method_details'] {
  if (method.type !== 'card') {
    const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit ?? {};
    return {
      type: method.type,
      sepa_debit: {
        bank_code: bank_code ?? null,
        branch_code: branch_code ?? null,
        country: country ?? null,
        fingerprint: fingerprint ?? null,
        last4: last4 ?? null,
        mandate: null,
      },
    };
  }
  const { card } = method;
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: '000000',
      brand: card?.brand ?? 'visa',
      ...(intent.capture_method === 'manual' ? { capture_before: created + week } : {}),
      checks: card?.checks ?? null,
      country: card?.country ?? null,
      electronic_commerce_indicator: null,
      exp_month: card?.exp_month ?? 12,
      exp_year: card?.exp_year ?? 2034,
      extended_authorization: { status: 'disabled' },
      fingerprint: card?.fingerprint ?? null,
      funding: card?.funding ?? null,
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: card?.last4 ?? null,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card?.brand ?? null,
      network_token: { used: false },
      network_transaction_id: token(15),
      overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
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
