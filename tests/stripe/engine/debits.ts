import type { PaymentMethod } from '../types';
import type { World } from '../world';

/** A bank account of Stripe's test mode: what a SEPA direct debit from it will do. */
export interface TestAccount {
  /** Whether the bank takes its time (`settings.slowDebit`), or answers at once. */
  slow: boolean;
  outcome: 'paid' | 'failed' | 'disputed';
}

/** By the test IBAN. https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration */
const accounts: Record<string, TestAccount> = {
  AT611904300234573201: { slow: false, outcome: 'paid' },
  AT321904300235473204: { slow: true, outcome: 'paid' },
  AT861904300235473202: { slow: false, outcome: 'failed' },
  AT051904300235473205: { slow: true, outcome: 'failed' },
  AT591904300235473203: { slow: false, outcome: 'disputed' },
  IT60X0542811101000000123456: { slow: false, outcome: 'failed' },
};

/** What an account does; those Stripe does not document pay. */
export function accountOf(world: World, method: PaymentMethod): TestAccount {
  const iban = world.ibans.get(method.sepa_debit?.fingerprint ?? '');
  return accounts[iban ?? ''] ?? { slow: false, outcome: 'paid' };
}

/** Why a bank gave no money. */
export const debitFailure = {
  code: 'debit_not_authorized',
  declineCode: 'generic_decline',
  message: 'The customer has notified their bank that this payment was unauthorized.',
  networkDeclineCode: '',
};
