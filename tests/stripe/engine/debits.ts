import type { PaymentMethod } from '../types';
import type { World } from '../world';

/** A bank account of Stripe's test mode: what a SEPA direct debit from it will do. */
export interface TestAccount {
  /** Seconds until the bank answers. */
  after: number;
  outcome: 'paid' | 'failed' | 'disputed';
}

const minutes = 60;

/** By the test IBAN. https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration */
const accounts: Record<string, TestAccount> = {
  AT611904300234573201: { after: 0, outcome: 'paid' },
  AT321904300235473204: { after: 3 * minutes, outcome: 'paid' },
  AT861904300235473202: { after: 0, outcome: 'failed' },
  AT051904300235473205: { after: 3 * minutes, outcome: 'failed' },
  AT591904300235473203: { after: 0, outcome: 'disputed' },
  IT60X0542811101000000123456: { after: 0, outcome: 'failed' },
};

/** What an account does; those Stripe does not document pay. */
export function accountOf(world: World, method: PaymentMethod): TestAccount {
  const iban = world.ibans.get(method.sepa_debit?.fingerprint ?? '');
  return accounts[iban ?? ''] ?? { after: 0, outcome: 'paid' };
}

/** Why a bank gave no money. */
export const debitFailure = {
  code: 'debit_not_authorized',
  declineCode: 'generic_decline',
  message: 'The customer has notified their bank that this payment was unauthorized.',
  networkDeclineCode: '',
};
