/** A bank account of Stripe's test mode: what a SEPA direct debit from it will do. */
export interface TestAccount {
  country: string;
  /** Seconds until the bank answers. */
  after: number;
  outcome: 'paid' | 'failed' | 'disputed';
}

const minutes = 60;

/** By the last four digits of the test IBAN. https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration */
const accounts: Record<string, TestAccount> = {
  '3201': { country: 'AT', after: 0, outcome: 'paid' },
  '3202': { country: 'AT', after: 0, outcome: 'failed' },
  '3203': { country: 'AT', after: 0, outcome: 'disputed' },
  '3204': { country: 'AT', after: 3 * minutes, outcome: 'paid' },
  '3205': { country: 'AT', after: 3 * minutes, outcome: 'failed' },
};

/** IBANs of every country that pay: `DE89370400440532013000` and its kind. */
const pays: TestAccount = { country: 'DE', after: 0, outcome: 'paid' };

/** The behaviour of an account by its last four digits; those Stripe does not document pay. */
export function accountEnding(last4: string | null | undefined): TestAccount {
  return accounts[last4 ?? ''] ?? pays;
}

/** Why a bank gave no money. */
export const debitFailure = {
  code: 'debit_not_authorized',
  declineCode: 'generic_decline',
  message: 'The customer has notified their bank that this payment was unauthorized.',
  networkDeclineCode: '',
};
