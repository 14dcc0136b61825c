import type Stripe from 'stripe';
import { knownCustomers, mirrored, toIso, toIsoOrNull, type Drift } from '../../store';
import { idOf } from '../readers/common';
import { readInvoice, subscriptionOf } from '../readers/invoice';
import { differencesOf, whole } from './differences';
import { listFrom, nextOf, type ReadPage } from './walk';

/** A sync's columns that a list tells as well; the link to the hosted page is signed anew each time. */
const columnsOf = (invoice: Stripe.Invoice) => {
  const facts = readInvoice(invoice);
  return {
    number: facts.number,
    status: facts.status,
    billingReason: facts.billingReason,
    currency: facts.currency,
    amountDue: String(facts.amountDue),
    amountPaid: String(facts.amountPaid),
    amountRemaining: String(facts.amountRemaining),
    attemptCount: facts.attemptCount,
    nextPaymentAttempt: toIsoOrNull(facts.nextPaymentAttempt),
    created: toIso(facts.created),
    dueDate: toIsoOrNull(facts.dueDate),
    paidAt: toIsoOrNull(facts.paidAt),
    paidOutOfBand: facts.paidOutOfBand,
  };
};

/** A draft is no payment yet. */
const isBilled = ({ id, status }: Stripe.Invoice): boolean =>
  Boolean(id) && status !== null && status !== 'draft';

/** Every invoice: the money's history, of subscriptions and of what was sold once. */
export const readInvoices: ReadPage = async ({ strapi, stripe, scope }, after) => {
  const page = await stripe
    .client()
    .invoices.list({ ...listFrom(after), expand: ['data.payments'] });
  const billed = page.data.filter(isBilled);
  const here = await mirrored(
    strapi,
    'payment',
    scope,
    billed.map(({ id }) => id ?? '')
  );
  const subscriptions = await mirrored(
    strapi,
    'subscription',
    scope,
    billed.flatMap((invoice) => subscriptionOf(invoice) ?? [])
  );
  const payers = await knownCustomers(
    strapi,
    scope,
    billed.flatMap(({ customer }) => idOf(customer) ?? [])
  );

  const drifts = billed.flatMap((invoice): Drift[] => {
    const id = invoice.id ?? '';
    const subscription = subscriptionOf(invoice);
    const key = subscription ?? id;
    const row = here.get(id);
    if (row) {
      const fields = differencesOf(id, row, columnsOf(invoice));
      return fields.length > 0 ? [{ key, kind: 'differs', fields }] : [];
    }
    const isOurs =
      subscription === null
        ? payers.has(idOf(invoice.customer) ?? '')
        : subscriptions.has(subscription);
    return isOurs ? [{ key, kind: 'missing-here', fields: whole(id, null, invoice.status) }] : [];
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
