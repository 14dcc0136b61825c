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

const OWED = new Set(['open', 'uncollectible']);

/**
 * When the oldest payment that is still owed was first tried: a subscription's invoice is attempted
 * as it is finalised, so that moment is known however late we hear of it.
 *
 * @returns milliseconds; null when nothing is overdue
 */
export const readPastDueSince = (invoices: readonly Stripe.Invoice[]): number | null => {
  const since = invoices
    .filter(({ status, attempt_count }) => OWED.has(status ?? '') && attempt_count > 0)
    .map(
      ({ status_transitions, created }) =>
        instant(status_transitions?.finalized_at) ?? instant(created) ?? 0
    );
  return since.length > 0 ? Math.min(...since) : null;
};
