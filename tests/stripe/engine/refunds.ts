import { change, create, emit, testClockOf } from '../events/record';
import { newId } from '../store/ids';
import type { Charge, Refund } from '../types';
import type { World } from '../world';
import { recordBalance } from './balance';
import { behaviourOf } from './charge';

export interface RefundSpec {
  /** Minor units. */
  amount: number;
  metadata: Record<string, string>;
  reason: string | null;
}

/**
 * Gives money back. Cards answer at once; some test cards refuse a moment later, and debits go
 * through the bank.
 */
export function refundCharge(world: World, charge: Charge, spec: RefundSpec): Refund {
  const method = world.tables.paymentMethods.get(charge.payment_method ?? '');
  const behaviour = method && behaviourOf(method)?.refund;
  const pending = behaviour === 'pends' || charge.payment_method_details?.type !== 'card';
  const refund = create(
    world,
    world.tables.refunds,
    build(world, charge, spec, pending),
    'refund.created'
  );
  const refunded = charge.amount_refunded + spec.amount;
  const after = change(world, world.tables.charges, charge.id, {
    amount_refunded: refunded,
    refunded: refunded === charge.amount,
  });
  emit(world, 'charge.refunded', after, {
    amount_refunded: charge.amount_refunded,
    refunded: charge.refunded,
  });
  if (behaviour === 'fails') world.afterwards(() => failRefund(world, refund.id));
  else if (pending) world.afterwards(() => updateRefund(world, refund.id, { status: 'succeeded' }));
  else world.afterwards(() => updateRefund(world, refund.id, arrived));
  return refund;
}

const arrived: Partial<Refund> = {
  destination_details: {
    card: {
      reference: '5432154321',
      reference_status: 'available',
      reference_type: 'acquirer_reference_number',
      type: 'refund',
    },
    type: 'card',
  },
};

/** A refund the business gives up while it is pending, or one the bank sends back. */
export function failRefund(world: World, id: string, status = 'failed'): Refund {
  const refund = world.tables.refunds.get(id);
  if (!refund) throw new Error(`No refund ${id}`);
  const { currency, amount } = refund;
  const returned = recordBalance(world, {
    source: id,
    type: 'refund_failure',
    amount,
    currency,
    description: 'REFUND FAILURE',
    created: world.now(testClockOf(world, refund)),
  });
  const after = updateRefund(world, id, {
    status,
    failure_balance_transaction: returned.id,
    failure_reason: status === 'failed' ? 'expired_or_canceled_card' : 'merchant_request',
  });
  const charge = world.tables.charges.get(refund.charge ?? '');
  if (charge) {
    const amount_refunded = charge.amount_refunded - amount;
    change(world, world.tables.charges, charge.id, { amount_refunded, refunded: false });
  }
  if (status === 'failed') emit(world, 'refund.failed', after);
  return after;
}

/** Changes a refund; Stripe tells it twice, by the charge's older event too. */
export function updateRefund(world: World, id: string, changes: Partial<Refund>): Refund {
  const before = world.tables.refunds.get(id);
  const after = change(world, world.tables.refunds, id, changes, 'refund.updated');
  if (after !== before) emit(world, 'charge.refund.updated', after);
  return after;
}

function build(world: World, charge: Charge, spec: RefundSpec, pending: boolean): Refund {
  const customer = charge.customer ? world.tables.customers.get(charge.customer) : undefined;
  const id = newId('re');
  const created = world.now(customer?.test_clock ?? null);
  const { currency } = charge;
  const entry = { source: id, amount: -spec.amount, currency, description: null, created };
  const card = charge.payment_method_details?.type === 'card';
  return {
    id,
    object: 'refund',
    amount: spec.amount,
    balance_transaction: recordBalance(world, { ...entry, type: 'refund' }).id,
    charge: charge.id,
    created,
    currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: card
      ? {
          card: {
            reference_status: 'pending',
            reference_type: 'acquirer_reference_number',
            type: 'refund',
          },
          type: 'card',
        }
      : {
          eu_bank_transfer: { reference: null, reference_status: 'pending' },
          type: 'eu_bank_transfer',
        },
    metadata: spec.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: spec.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: pending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
}
