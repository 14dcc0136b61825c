import type { ReconcilePhase } from '../../../../contracts';

/** What a walk goes through, in this order. */
export const PHASES: readonly ReconcilePhase[] = [
  'products',
  'prices',
  'customers',
  'subscriptions',
  'invoices',
  'checkouts',
  'refunds',
  'disputes',
  'mirror',
];
