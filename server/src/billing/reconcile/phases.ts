import type { ReconcilePhase } from '../../../../contracts';
import { readAttempts } from './attempts';
import { readPrices, readProducts } from './catalogue';
import { readCheckouts } from './checkouts';
import { readCustomers } from './customers';
import { readInvoices } from './invoices';
import { readMirror } from './mirror';
import { readDisputes, readRefunds, readWarnings } from './money-back';
import { readCodes, readCoupons } from './offers';
import { readSubscriptions } from './subscriptions';
import type { ReadPage } from './walk';

/** What a walk goes through, in this order: what others refer to comes first. */
const WALKS: readonly (readonly [ReconcilePhase, ReadPage])[] = [
  ['products', readProducts],
  ['prices', readPrices],
  ['coupons', readCoupons],
  ['codes', readCodes],
  ['subscriptions', readSubscriptions],
  ['customers', readCustomers],
  ['invoices', readInvoices],
  ['attempts', readAttempts],
  ['checkouts', readCheckouts],
  ['refunds', readRefunds],
  ['disputes', readDisputes],
  ['warnings', readWarnings],
  ['mirror', readMirror],
];

export const PHASES: readonly ReconcilePhase[] = WALKS.map(([phase]) => phase);

/** The phase with this name, or the first; a run that an older release began may name none of ours. */
export const phaseAt = (name: ReconcilePhase | null): readonly [ReconcilePhase, ReadPage] => {
  const found = WALKS.find(([phase]) => phase === name) ?? WALKS[0];
  if (!found) throw new Error('memberships: there is nothing to walk through');
  return found;
};

/** The phase after; null after the last. */
export const phaseAfter = (name: ReconcilePhase): ReconcilePhase | null =>
  PHASES[PHASES.indexOf(name) + 1] ?? null;
