import type Stripe from 'stripe';
import type { PaymentRecord } from '../../domain/facts';
import { paymentChanges } from '../../domain/payments';
import {
  mirrored,
  mirroredPayments,
  payersOf,
  type Drift,
  type SubscriptionRow,
} from '../../store';
import { idOf } from '../readers/common';
import { readInvoice, subscriptionOf } from '../readers/invoice';
import { contradictions } from './debts';
import { whole } from './differences';
import { paymentDifferences } from './payments';
import { listFrom, nextOf, type ReadPage } from './walk';

/** A draft is no payment yet. */
const isBilled = ({ id, status }: Stripe.Invoice): boolean =>
  Boolean(id) && status !== null && status !== 'draft';

/** As a sync would write it; how far an open one has come is compared in a phase of its own. */
const factsOf = (invoice: Stripe.Invoice, { intentStatus, failureCode }: PaymentRecord) => {
  const facts = readInvoice(invoice);
  return facts.status === 'open' ? { ...facts, intentStatus, failureCode } : facts;
};

/** Every invoice: the money's history, of subscriptions and of what was sold once. */
export const readInvoices: ReadPage = async ({ strapi, stripe, scope }, after) => {
  const page = await stripe
    .client()
    .invoices.list({ ...listFrom(after), expand: ['data.payments'] });
  const billed = page.data.filter(isBilled);
  const here = await mirroredPayments(strapi, scope, {
    stripeId: billed.map(({ id }) => id ?? ''),
  });
  const subscriptions = await mirrored(
    strapi,
    'subscription',
    scope,
    billed.flatMap((invoice) => subscriptionOf(invoice) ?? [])
  );
  const payers = await payersOf(
    strapi,
    scope,
    billed.flatMap(({ customer }) => idOf(customer) ?? [])
  );
  const records = new Map(here.map((record) => [record.stripeId, record]));

  const compare = (invoice: Stripe.Invoice, row: SubscriptionRow | undefined) => {
    const record = records.get(invoice.id ?? '');
    return [
      ...(record
        ? paymentChanges([record], [factsOf(invoice, record)], []).flatMap(paymentDifferences)
        : []),
      ...(row ? contradictions(row, invoice) : []),
    ];
  };
  const drifts = billed.flatMap((invoice): Drift[] => {
    const id = invoice.id ?? '';
    const subscription = subscriptionOf(invoice);
    const row = subscription === null ? undefined : subscriptions.get(subscription);
    const key = subscription ?? id;
    if (records.has(id)) {
      const fields = compare(invoice, row);
      return fields.length > 0 ? [{ key, kind: 'differs', fields }] : [];
    }
    const isOurs = subscription === null ? payers.has(idOf(invoice.customer) ?? '') : row;
    return isOurs ? [{ key, kind: 'missing-here', fields: whole(id, null, invoice.status) }] : [];
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
