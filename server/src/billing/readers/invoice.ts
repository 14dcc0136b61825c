import type Stripe from 'stripe';
import type { PaymentFacts } from '../../domain/facts';
import { idOf, instant, legacy, listOf, numberOr, stringOr, stringOrNull } from './common';
import { readProgress } from './payment-intent';

/** An invoice's subscription: under `parent` since basil, on the invoice before. */
export const subscriptionOf = (invoice: unknown): string | null =>
  idOf(legacy(invoice, 'parent', 'subscription_details', 'subscription')) ??
  idOf(legacy(invoice, 'subscription'));

/** What pays an invoice: a list since basil, sent when it is asked for. */
const paymentsOf = (invoice: unknown): unknown[] => listOf(legacy(invoice, 'payments', 'data'));

/** The intent that paid an invoice, or is asked to. */
const intentOf = (invoice: unknown): string | null => {
  const payments = paymentsOf(invoice);
  const inState = (status: string) =>
    payments.filter((payment) => legacy(payment, 'status') === status);
  const [first] = [...inState('paid'), ...inState('open'), ...payments].flatMap(
    (payment) => idOf(legacy(payment, 'payment', 'payment_intent')) ?? []
  );
  return first ?? idOf(legacy(invoice, 'payment_intent'));
};

/**
 * Whether an invoice was marked as paid without Stripe's having collected anything: said by the invoice
 * until basil; since then by what its payments do not hold, or by a payment that is a record of one
 * made elsewhere.
 */
const isPaidOutOfBand = (invoice: Stripe.Invoice): boolean => {
  if (invoice.status !== 'paid') return false;
  if (legacy(invoice, 'paid_out_of_band') === true) return true;
  if (numberOr(invoice.amount_paid_off_stripe, 0) > 0) return true;
  if (!Array.isArray(invoice.payments?.data)) return false;
  const paid = paymentsOf(invoice).filter((payment) => legacy(payment, 'status') === 'paid');
  const collected = paid.some((payment) => legacy(payment, 'payment', 'type') !== 'payment_record');
  return !collected && numberOr(invoice.amount_paid, 0) > 0;
};

/**
 * An invoice as Stripe sends it now, as facts. Drafts without an id are the caller's to leave out.
 *
 * @param intent what an open invoice is collected by, where it was fetched
 */
export const readInvoice = (
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent | null = null
): PaymentFacts => ({
  stripeId: idOf(invoice) ?? '',
  subscription: subscriptionOf(invoice),
  checkoutSession: null,
  paymentIntent: intentOf(invoice),
  number: stringOrNull(invoice.number),
  status: stringOr(invoice.status, 'draft'),
  billingReason: stringOrNull(invoice.billing_reason),
  currency: stringOr(invoice.currency, ''),
  amountDue: numberOr(invoice.amount_due, 0),
  amountPaid: numberOr(invoice.amount_paid, 0),
  amountRemaining: numberOr(invoice.amount_remaining, 0),
  attemptCount: numberOr(invoice.attempt_count, 0),
  nextPaymentAttempt: instant(invoice.next_payment_attempt),
  dueDate: instant(invoice.due_date),
  created: instant(invoice.created) ?? 0,
  paidAt: instant(invoice.status_transitions?.paid_at),
  paidOutOfBand: isPaidOutOfBand(invoice),
  ...readProgress(invoice.status === 'open' ? intent : null),
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
