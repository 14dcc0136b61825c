import type Stripe from 'stripe';
import type { PaymentFacts } from '../../domain/facts';
import { idOf, instant, legacy, numberOr, stringOrNull } from './common';

/** An invoice's subscription: under `parent` since basil, on the invoice before. */
export const subscriptionOf = (invoice: unknown): string | null =>
  idOf(legacy(invoice, 'parent', 'subscription_details', 'subscription')) ??
  idOf(legacy(invoice, 'subscription'));

/** An invoice as Stripe sends it now, as facts. Drafts without an id are the caller's to leave out. */
export const readInvoice = (invoice: Stripe.Invoice): PaymentFacts => ({
  stripeId: invoice.id ?? '',
  subscription: subscriptionOf(invoice),
  number: stringOrNull(invoice.number),
  status: invoice.status ?? 'draft',
  billingReason: stringOrNull(invoice.billing_reason),
  currency: invoice.currency,
  amountDue: numberOr(invoice.amount_due, 0),
  amountPaid: numberOr(invoice.amount_paid, 0),
  amountRemaining: numberOr(invoice.amount_remaining, 0),
  attemptCount: numberOr(invoice.attempt_count, 0),
  nextPaymentAttempt: instant(invoice.next_payment_attempt),
  created: instant(invoice.created) ?? 0,
  paidAt: instant(invoice.status_transitions?.paid_at),
  hostedInvoiceUrl: stringOrNull(invoice.hosted_invoice_url),
});

/** What tells whether an invoice is owed, and since when. */
type Debt = Pick<
  Stripe.Invoice,
  'status' | 'attempt_count' | 'due_date' | 'created' | 'status_transitions'
>;

/** When payment was first asked for: the first attempt, or the due date of an invoice that is sent. */
const askedAt = ({ attempt_count, due_date, status_transitions, created }: Debt) =>
  attempt_count > 0
    ? (instant(status_transitions?.finalized_at) ?? instant(created) ?? 0)
    : instant(due_date);

const earliest = (invoices: readonly Debt[], wanted: string): number | null => {
  const asked = invoices
    .filter(({ status }) => status === wanted)
    .flatMap((invoice) => askedAt(invoice) ?? []);
  return asked.length > 0 ? Math.min(...asked) : null;
};

/**
 * When the oldest payment that is still owed was first asked for: a subscription's invoice is
 * attempted as it is finalised, so that moment is known however late we hear of it. What was written
 * off counts only when nothing else is owed: a debt of last year uses up no grace of today.
 *
 * @returns milliseconds; null when nothing is owed
 */
export const readPastDueSince = (invoices: readonly Debt[]): number | null =>
  earliest(invoices, 'open') ?? earliest(invoices, 'uncollectible');
