import { create } from '../events/record';
import { newId } from '../store/ids';
import type { BalanceTransaction } from '../types';
import type { World } from '../world';

interface Entry {
  source: string;
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment';
  /** Minor units; negative for money that goes back. */
  amount: number;
  /** Minor units; a charge costs 2.9 % and 30 when it is not given. */
  fee?: number;
  currency: string;
  description: string | null;
  /** Seconds. */
  created: number;
}

/** What a charge, a refund or a dispute does to the account's balance. */
export function recordBalance(world: World, entry: Entry): BalanceTransaction {
  const usual = entry.type === 'charge' ? Math.round(entry.amount * 0.029) + 30 : 0;
  const fee = entry.fee ?? usual;
  const details = {
    amount: fee,
    application: null,
    currency: entry.currency,
    description: entry.type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees',
    type: 'stripe_fee',
  };
  return create(world, world.tables.balanceTransactions, {
    id: newId('txn'),
    object: 'balance_transaction',
    amount: entry.amount,
    available_on: entry.created + 5 * 86_400,
    balance_type: 'payments',
    created: entry.created,
    currency: entry.currency,
    description: entry.description,
    exchange_rate: null,
    fee,
    fee_details: fee > 0 ? [details] : [],
    net: entry.amount - fee,
    reporting_category: entry.type === 'adjustment' ? 'dispute' : entry.type,
    source: entry.source,
    status: 'pending',
    type: entry.type,
  });
}
