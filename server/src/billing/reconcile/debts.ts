import type Stripe from 'stripe';
import type { FieldDifference } from '../../../../contracts';
import {
  NOTHING_OWED,
  toIso,
  toIsoOrNull,
  toMsOrNull,
  type Owed,
  type SubscriptionRow,
} from '../../store';
import { readPastDueSince } from '../readers/invoice';
import { readPaid } from '../readers/subscription';

/**
 * What only its invoices tell of a subscription: whether it was ever paid, and since when something is
 * owed. No page of a list holds all invoices of one, so each is asked whether it contradicts the row,
 * and the row whether any payment bears it out.
 */

const difference = (
  { stripeId }: SubscriptionRow,
  field: 'paid' | 'pastDueSince',
  here: unknown,
  stripe: unknown
): FieldDifference => ({
  object: stripeId ?? '',
  field,
  here: JSON.stringify(here),
  stripe: JSON.stringify(stripe),
});

/** Whether one of its invoices says otherwise of a subscription than its row does. */
export const contradictions = (
  row: SubscriptionRow,
  invoice: Stripe.Invoice
): FieldDifference[] => {
  const trialEnd = toMsOrNull(row.trialEnd);
  const terms = { trial_end: trialEnd === null ? null : trialEnd / 1000 };
  const pays = !row.paid && readPaid(terms, [invoice]);
  const asked = readPastDueSince([invoice]);
  const since = toMsOrNull(row.pastDueSince);
  // What was written off counts from then on only where nothing else is owed.
  const tooLate = invoice.status === 'open' && asked !== null && since !== null && since > asked;
  const owes = asked !== null && (since === null || tooLate);
  return [
    ...(pays ? [difference(row, 'paid', false, true)] : []),
    ...(owes ? [difference(row, 'pastDueSince', row.pastDueSince, toIso(asked))] : []),
  ];
};

/** What a row says and none of its payments does. */
export const unfounded = (
  row: SubscriptionRow,
  { paid, since }: Owed = NOTHING_OWED
): FieldDifference[] => {
  const here = toMsOrNull(row.pastDueSince);
  // Asked for when it was made, or later.
  const early = here !== null && (since === null || here < since);
  return [
    ...(row.paid && !paid ? [difference(row, 'paid', true, false)] : []),
    ...(early ? [difference(row, 'pastDueSince', row.pastDueSince, toIsoOrNull(since))] : []),
  ];
};
