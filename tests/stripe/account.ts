import type { Account } from './types';

/** The one account the simulator has, in both modes. */
export function buildAccount(given: Partial<Account> = {}): Account {
  return {
    id: 'acct_1SimulatedMembers',
    object: 'account',
    business_profile: null,
    business_type: 'company',
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    country: 'US',
    created: 1_700_000_000,
    default_currency: 'usd',
    details_submitted: true,
    email: 'owner@example.com',
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
    ...given,
  };
}
