import type { Charge, CheckoutSession, Invoice, PaymentIntent } from '../stripe/types';
import { isOpen, personOf, type Books } from './books';
import { date } from './reading';
import type { Fields } from './truth';

/** What became of the money, by its charges. */
const fateOf = (books: Books, charges: readonly Charge[]): Fields => {
  const disputes = books.disputesOf(charges);
  const foremost = disputes.find(isOpen) ?? disputes.at(-1);
  return {
    amountRefunded: charges.reduce((sum, charge) => sum + charge.amount_refunded, 0),
    refunds: charges
      .flatMap(({ id }) => books.refundsOf(id))
      .map(({ id, amount, status }) => `${id} ${amount} ${status}`)
      .sort(),
    disputeStatus: foremost?.status ?? null,
    disputeReason: foremost?.reason ?? null,
    evidenceDueBy: foremost && isOpen(foremost) ? date(foremost.evidence_details.due_by) : null,
  };
};

/** How far an open one has come. */
const progressOf = (intent: PaymentIntent | undefined): Fields => ({
  intentStatus: intent?.status ?? null,
  failureCode: intent?.last_payment_error?.decline_code ?? intent?.last_payment_error?.code ?? null,
});

const invoice = (books: Books, one: Invoice): Fields => {
  const charges = books.chargesOf(one.id);
  const isPaid = one.status === 'paid';
  return {
    subscription: one.parent?.subscription_details?.subscription ?? null,
    checkoutSession: books.purchaseOf(one.id)?.id ?? null,
    number: one.number,
    status: one.status,
    billingReason: one.billing_reason,
    currency: one.currency,
    amountDue: one.amount_due,
    amountPaid: one.amount_paid,
    amountRemaining: one.amount_remaining,
    attemptCount: one.attempt_count,
    nextPaymentAttempt: date(one.next_payment_attempt),
    dueDate: date(one.due_date),
    created: date(one.created),
    paidAt: date(one.status_transitions.paid_at),
    // Paid, and nobody's card or account was charged for it.
    paidOutOfBand: isPaid && one.amount_paid > 0 && charges.length === 0,
    ...progressOf(one.status === 'open' ? books.intentOf(one.id) : undefined),
    ...fateOf(books, charges),
  };
};

/** A purchase that has no invoice: the site asked for none, or its debit is under way or came to nothing. */
const unbilled = (books: Books, one: CheckoutSession, intent: PaymentIntent): Fields => {
  const charges = books.chargesOfIntent(intent.id);
  const isPaid = intent.status === 'succeeded';
  return {
    subscription: null,
    checkoutSession: one.id,
    status: isPaid ? 'paid' : 'open',
    currency: intent.currency,
    amountDue: intent.amount,
    amountPaid: isPaid ? intent.amount : 0,
    amountRemaining: isPaid ? 0 : intent.amount,
    created: date(intent.created),
    paidAt: isPaid ? date(charges.at(-1)?.created) : null,
    paidOutOfBand: false,
    ...progressOf(isPaid ? undefined : intent),
    ...fateOf(books, charges),
  };
};

/** Every payment that is somebody's, by the id of its invoice or of its intent. */
export const readPayments = (books: Books): Map<string, Fields> => {
  const { tables } = books;
  const billed = tables.invoices.filter(({ status }) => status !== 'draft');
  const alone = tables.checkoutSessions.filter(
    ({ mode, status, invoice: bill, payment_status: paid, customer }) =>
      mode === 'payment' &&
      status === 'complete' &&
      bill === null &&
      customer !== null &&
      // A guest is nobody until something is paid.
      (paid !== 'unpaid' || personOf(tables.customers, customer) !== customer)
  );
  return new Map([
    ...billed.map((one): [string, Fields] => [one.id, invoice(books, one)]),
    ...alone.flatMap((one): [string, Fields][] => {
      const intent = tables.paymentIntents.get(one.payment_intent ?? '');
      return intent ? [[intent.id, unbilled(books, one, intent)]] : [];
    }),
  ]);
};
