import type Stripe from 'stripe';
import type { PaymentFacts } from '../../domain/facts';
import { idOf, instant, legacy, numberOr, stringOr, stringOrNull } from './common';

/** How far an attempt to collect has come, and why the last one failed. */
export const readProgress = (
  intent: Stripe.PaymentIntent | null
): Pick<PaymentFacts, 'intentStatus' | 'failureCode'> => ({
  intentStatus: stringOrNull(intent?.status),
  failureCode:
    stringOrNull(intent?.last_payment_error?.decline_code) ??
    stringOrNull(intent?.last_payment_error?.code),
});

/** An intent's status in an invoice's words. */
const statusOf = (status: string): string => {
  if (status === 'succeeded') return 'paid';
  return status === 'canceled' ? 'void' : 'open';
};

/**
 * The payment of a purchase that has no invoice, as facts.
 *
 * @param intent with `latest_charge` expanded
 * @param checkoutSession `cs_…` it was paid on
 */
export const readIntent = (
  intent: Stripe.PaymentIntent,
  checkoutSession: string | null
): PaymentFacts => {
  const id = idOf(intent) ?? '';
  const status = statusOf(intent.status);
  const amount = numberOr(intent.amount, 0);
  const received = numberOr(intent.amount_received, 0);
  const created = instant(intent.created) ?? 0;
  const charged = idOf(intent.latest_charge) !== null;
  return {
    stripeId: id,
    subscription: null,
    checkoutSession,
    paymentIntent: id,
    number: null,
    status,
    billingReason: null,
    currency: stringOr(intent.currency, ''),
    amountDue: amount,
    amountPaid: received,
    amountRemaining: status === 'paid' ? 0 : amount - received,
    attemptCount: charged ? 1 : 0,
    nextPaymentAttempt: null,
    dueDate: null,
    created,
    paidAt:
      status === 'paid' ? (instant(legacy(intent.latest_charge, 'created')) ?? created) : null,
    paidOutOfBand: false,
    ...(status === 'open' ? readProgress(intent) : readProgress(null)),
    hostedInvoiceUrl: null,
  };
};
