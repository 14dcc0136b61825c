import { change, create } from '../events/record';
import type { Customer, Invoice, Subscription } from '../types';
import type { World } from '../world';
import { blankInvoice, type InvoiceTerms } from './blank-invoice';
import { discountLines, dropUsed } from './discounts';
import { placeLines, type LineDraft } from './invoice-lines';

export interface InvoiceDraft {
  reason: NonNullable<Invoice['billing_reason']>;
  lines: LineDraft[];
  /** Seconds: the period that has ended, or the moment itself for a first invoice. */
  period: { start: number; end: number };
  /** Seconds from now until Stripe finalises it; `null` leaves it a draft. */
  finalizesIn: number | null;
}

/** Makes a draft for a subscription and records `invoice.created`. */
export function draftInvoice(
  world: World,
  subscription: Subscription,
  draft: InvoiceDraft
): Invoice {
  const row = buildInvoice(world, subscription, draft);
  const made = create(world, world.tables.invoices, row, 'invoice.created');
  const discounts = dropUsed(world, subscription, made.total_discount_amounts ?? []);
  change(world, world.tables.subscriptions, subscription.id, { discounts });
  return made;
}

/** The draft, without anything having happened: also what a preview shows. */
export function buildInvoice(
  world: World,
  subscription: Subscription,
  draft: InvoiceDraft
): Invoice {
  const customer = world.tables.customers.get(subscription.customer);
  const blank = blankInvoice(world, termsOf(subscription, customer));
  return withLines(
    world,
    {
      ...blank,
      auto_advance: draft.finalizesIn !== null,
      automatically_finalizes_at:
        draft.finalizesIn === null ? null : blank.created + draft.finalizesIn,
      billing_reason: draft.reason,
      discounts: [...subscription.discounts, ...customerDiscount(customer)],
      parent: {
        quote_details: null,
        subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
        type: 'subscription_details',
      },
      period_end: draft.period.end,
      period_start: draft.period.start,
      webhooks_delivered_at: blank.created,
    },
    draft.lines
  );
}

/** An invoice's terms as its subscription has them. */
export function termsOf(subscription: Subscription, customer: Customer | undefined): InvoiceTerms {
  return {
    customer,
    customerId: subscription.customer,
    currency: subscription.currency,
    testClock: subscription.test_clock,
    collectionMethod: subscription.collection_method,
    daysUntilDue: subscription.days_until_due,
  };
}

/** The invoice with these lines on it, its discounts taken off, and what they add up to. */
export function withLines(world: World, invoice: Invoice, drafts: LineDraft[]): Invoice {
  const { lines, totals } = discountLines(world, invoice.discounts, invoice.currency, drafts);
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = totals.reduce((rest, each) => rest - each.amount, subtotal);
  const due = Math.max(total + Math.min(invoice.starting_balance, 0), 0);
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due,
    lines: placeLines(invoice.id, lines),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: totals,
    total_excluding_tax: total,
  };
}

/** A discount of the customer's own, which every invoice of theirs has. */
export function customerDiscount(customer: Customer | undefined): string[] {
  const discount = customer?.discount;
  if (!discount) return [];
  return [typeof discount === 'string' ? discount : discount.id];
}
