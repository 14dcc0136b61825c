import type Stripe from 'stripe';
import { mirroredPayments, type Drift } from '../../store';
import { readProgress } from '../readers/payment-intent';
import { differencesOf } from './differences';
import { listFrom, nextOf, type ReadPage } from './walk';

const intentOf = ({ payment }: Stripe.InvoicePayment): Stripe.PaymentIntent | null =>
  typeof payment.payment_intent === 'object' ? payment.payment_intent : null;

const invoiceOf = ({ invoice }: Stripe.InvoicePayment): string =>
  typeof invoice === 'string' ? invoice : (invoice.id ?? '');

/** How far the payment of each open invoice has come: told by its intent, which no invoice expands to. */
export const readAttempts: ReadPage = async ({ strapi, stripe, scope }, after) => {
  const page = await stripe.client().invoicePayments.list({
    ...listFrom(after),
    status: 'open',
    expand: ['data.payment.payment_intent'],
  });
  const records = await mirroredPayments(strapi, scope, { stripeId: page.data.map(invoiceOf) });
  const drifts = page.data.flatMap((one): Drift[] => {
    const intent = intentOf(one);
    const record = records.find(({ stripeId }) => stripeId === invoiceOf(one));
    // One that is not open here is found as an invoice; of several intents one is mirrored.
    if (!intent || record?.status !== 'open' || record.paymentIntent !== intent.id) return [];
    const fields = differencesOf(record.stripeId, record, readProgress(intent));
    const key = record.subscription ?? record.stripeId;
    return fields.length > 0 ? [{ key, kind: 'differs', fields }] : [];
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
