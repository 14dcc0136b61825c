import type Stripe from 'stripe';
import type { PaymentFacts } from '../../domain/facts';
import { readInvoice } from '../readers/invoice';
import { unlessMissing } from '../stripe-errors';

/** A page of Stripe's lists. */
const PAGE = 100;
/** A weekly subscription of nineteen years: an account's mistake, not a member, has more. */
const MAX_INVOICES = 1000;
/** Open ones whose intent is asked for; more than a subscription that is collected ever has. */
const MAX_INTENTS = 10;

/** Every invoice of a subscription, newest first, with the payments that paid each. */
export const fetchInvoices = (client: Stripe, subscription: string): Promise<Stripe.Invoice[]> =>
  client.invoices
    .list({ subscription, limit: PAGE, expand: ['data.payments'] })
    .autoPagingToArray({ limit: MAX_INVOICES });

const intentOf = async (
  client: Stripe,
  invoice: Stripe.Invoice
): Promise<Stripe.PaymentIntent | null> => {
  const { paymentIntent } = readInvoice(invoice);
  return paymentIntent === null
    ? null
    : unlessMissing(client.paymentIntents.retrieve(paymentIntent));
};

/**
 * Invoices as payments. A draft is none: it may still change, or be thrown away. How far an open one
 * has come (a debit under way, a card's holder to be asked) only its intent tells.
 */
export const readPayments = async (
  client: Stripe,
  invoices: readonly Stripe.Invoice[]
): Promise<PaymentFacts[]> => {
  const billed = invoices.filter(({ id, status }) => id && status && status !== 'draft');
  const open = billed.filter(({ status }) => status === 'open').slice(0, MAX_INTENTS);
  const intents = new Map<Stripe.Invoice, Stripe.PaymentIntent | null>();
  for (const invoice of open) intents.set(invoice, await intentOf(client, invoice));
  return billed.map((invoice) => readInvoice(invoice, intents.get(invoice) ?? null));
};
