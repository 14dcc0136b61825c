import type Stripe from 'stripe';
import type { PaymentFacts } from '../../domain/facts';
import { readInvoice } from '../readers/invoice';
import { unlessMissing } from '../stripe-errors';

/** A page of Stripe's lists. */
const PAGE = 100;
/** Open ones whose intent is asked for; more than a subscription that is collected ever has. */
const MAX_INTENTS = 10;

/**
 * Every invoice of a subscription, newest first, with the payments that paid each: a daily one of ten
 * years has thousands, and revenue's history is in all of them.
 */
export const fetchInvoices = async (
  client: Stripe,
  subscription: string
): Promise<Stripe.Invoice[]> => {
  const invoices: Stripe.Invoice[] = [];
  const list = client.invoices.list({ subscription, limit: PAGE, expand: ['data.payments'] });
  for await (const invoice of list) invoices.push(invoice);
  return invoices;
};

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
