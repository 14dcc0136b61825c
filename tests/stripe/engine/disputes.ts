import { change, create, emit, testClockOf } from '../events/record';
import { newId } from '../store/ids';
import type { Charge, Dispute, FraudWarning } from '../types';
import type { World } from '../world';
import { recordBalance } from './balance';
import type { TestCard } from './cards';

const fee = 1500;
const week = 7 * 86_400;

/** What the bank does about a charge that was paid. https://docs.stripe.com/testing#disputes */
export function afterCharge(
  world: World,
  charge: Charge,
  what: TestCard['afterwards'] | 'debit_not_authorized'
): void {
  if (what === undefined) return;
  if (what === 'fraud_warning') warn(world, charge);
  else openDispute(world, charge, reasons[what], what === 'inquiry');
}

const reasons = {
  dispute: 'fraudulent',
  not_received: 'product_not_received',
  inquiry: 'fraudulent',
  debit_not_authorized: 'debit_not_authorized',
};

/** A dispute takes its amount and a fee at once; an inquiry takes nothing yet. */
export function openDispute(
  world: World,
  charge: Charge,
  reason: string,
  inquiry: boolean
): Dispute {
  const now = world.now(testClockOf(world, charge));
  const id = newId('du');
  const row: Dispute = {
    id,
    object: 'dispute',
    amount: charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: now + week,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: world.livemode,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: charge.payment_method_details?.card?.brand ?? 'visa',
        case_type: inquiry ? 'inquiry' : 'chargeback',
        network: 'visa',
        network_reason_code: '83',
      },
      type: 'card',
    },
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  change(world, world.tables.charges, charge.id, { disputed: true });
  create(world, world.tables.disputes, row, 'charge.dispute.created');
  if (inquiry) return row;
  return withdraw(world, row);
}

/** `charge.dispute.funds_withdrawn`: the amount and the fee leave the balance. */
function withdraw(world: World, dispute: Dispute): Dispute {
  return book(world, dispute, -1, 'charge.dispute.funds_withdrawn');
}

function book(
  world: World,
  dispute: Dispute,
  sign: 1 | -1,
  type: 'charge.dispute.funds_withdrawn' | 'charge.dispute.funds_reinstated'
): Dispute {
  const charge = world.tables.charges.get(dispute.charge);
  const transaction = recordBalance(world, {
    source: dispute.id,
    type: 'adjustment',
    amount: sign * dispute.amount,
    fee: sign < 0 ? fee : 0,
    currency: dispute.currency,
    description: `Chargeback ${sign < 0 ? 'withdrawal' : 'reversal'} for ${dispute.charge}`,
    created: world.now(charge ? testClockOf(world, charge) : null),
  });
  const after = change(world, world.tables.disputes, dispute.id, {
    balance_transactions: [...dispute.balance_transactions, transaction],
  });
  emit(world, type, after);
  return after;
}

/** The bank has decided, or the business gave up: what was lost stays lost, what was won returns. */
export function closeDispute(world: World, dispute: Dispute, won: boolean): Dispute {
  const inquiry = dispute.status.startsWith('warning_');
  const status = inquiry ? 'warning_closed' : won ? 'won' : 'lost';
  const closed = change(
    world,
    world.tables.disputes,
    dispute.id,
    { status, is_charge_refundable: inquiry || won },
    'charge.dispute.updated'
  );
  emit(world, 'charge.dispute.closed', closed);
  if (inquiry || won) change(world, world.tables.charges, dispute.charge, { disputed: false });
  return won && !inquiry ? book(world, closed, 1, 'charge.dispute.funds_reinstated') : closed;
}

function warn(world: World, charge: Charge): void {
  const row: FraudWarning = {
    id: newId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: world.now(testClockOf(world, charge)),
    fraud_type: 'made_with_stolen_card',
    livemode: world.livemode,
    ...(charge.payment_intent ? { payment_intent: charge.payment_intent } : {}),
  };
  create(world, world.tables.fraudWarnings, row, 'radar.early_fraud_warning.created');
}

const noEvidence: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
