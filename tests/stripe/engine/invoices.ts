import { change, create, emit } from '../events/record';
import { newId } from '../store/ids';
import type { Customer, Invoice, Subscription } from '../types';
import type { World } from '../world';
import { discountLines, dropUsed } from './discounts';
import { placeLines, type LineDraft } from './invoice-lines';
import { cancelIntent, createIntent } from './payment-intents';

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
  const id = newId('in');
  const now = world.now(subscription.test_clock);
  const customer = world.tables.customers.get(subscription.customer);
  const { lines, totals } = discountLines(world, subscription, draft.lines);
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = totals.reduce((rest, each) => rest - each.amount, subtotal);
  const balance = customer?.balance ?? 0;
  const due = Math.max(total + Math.min(balance, 0), 0);
  const row: Invoice = {
    id,
    object: 'invoice',
    account_country: world.account.country ?? null,
    account_name: world.account.business_profile?.name ?? null,
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: draft.finalizesIn !== null,
    automatic_tax: {
      disabled_reason: null,
      enabled: false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: draft.finalizesIn === null ? null : now + draft.finalizesIn,
    billing_reason: draft.reason,
    collection_method: subscription.collection_method,
    created: now,
    currency: subscription.currency,
    custom_fields: null,
    customer: subscription.customer,
    customer_account: null,
    customer_address: customer?.address ?? null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: subscription.discounts,
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: placeLines(id, lines),
    livemode: world.livemode,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: draft.period.end,
    period_start: draft.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal,
    subtotal_excluding_tax: subtotal,
    test_clock: subscription.test_clock,
    total,
    total_discount_amounts: totals,
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: now,
  };
  const made = create(world, world.tables.invoices, row, 'invoice.created');
  const discounts = dropUsed(world, subscription, totals);
  change(world, world.tables.subscriptions, subscription.id, { discounts });
  return made;
}

/** Numbers the invoice, opens it and, if anything is due, makes the intent that will pay it. */
export function finalizeInvoice(world: World, id: string): Invoice {
  const invoice = invoiceNow(world, id);
  const customer = invoice.customer ? world.tables.customers.get(invoice.customer) : undefined;
  const now = world.now(invoice.test_clock);
  const link = `${world.url()}/i/${invoice.id}`;
  const open = change(world, world.tables.invoices, id, {
    status: 'open',
    number: invoice.number ?? nextNumber(world, customer, invoice.currency),
    effective_at: now,
    automatically_finalizes_at: null,
    ending_balance: useBalance(world, invoice, customer),
    hosted_invoice_url: link,
    invoice_pdf: `${link}/pdf`,
    status_transitions: { ...invoice.status_transitions, finalized_at: now },
  });
  emit(world, 'invoice.finalized', open);
  if (open.amount_due > 0) requestPayment(world, open);
  return open;
}

/** Records that nothing is owed any more; its `invoice.paid` and `invoice.payment_succeeded`. */
export function markPaid(world: World, id: string): Invoice {
  const invoice = invoiceNow(world, id);
  const now = world.now(invoice.test_clock);
  change(
    world,
    world.tables.invoices,
    id,
    {
      status: 'paid',
      amount_paid: invoice.amount_due,
      amount_remaining: 0,
      attempted: true,
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, paid_at: now },
    },
    'invoice.updated'
  );
  const paid = invoiceNow(world, id);
  emit(world, 'invoice.paid', paid);
  emit(world, 'invoice.payment_succeeded', paid);
  const payment = paymentOf(world, id);
  if (payment) {
    const settled = change(world, world.tables.invoicePayments, payment.id, {
      status: 'paid',
      amount_paid: payment.amount_requested,
      status_transitions: { canceled_at: null, paid_at: now },
    });
    emit(world, 'invoice_payment.paid', settled);
  }
  return paid;
}

/** Voids an open invoice and cancels the intent that would have paid it. */
export function voidInvoice(world: World, id: string): Invoice {
  const invoice = invoiceNow(world, id);
  const payment = paymentOf(world, id);
  const now = world.now(invoice.test_clock);
  if (payment?.payment.payment_intent) {
    cancelIntent(world, payment.payment.payment_intent, 'void_invoice');
    change(world, world.tables.invoicePayments, payment.id, {
      status: 'canceled',
      status_transitions: { canceled_at: now, paid_at: null },
    });
  }
  const voided = change(
    world,
    world.tables.invoices,
    id,
    {
      status: 'void',
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...invoice.status_transitions, voided_at: now },
    },
    'invoice.updated'
  );
  emit(world, 'invoice.voided', voided);
  return voided;
}

export function markUncollectible(world: World, id: string): Invoice {
  const invoice = invoiceNow(world, id);
  const given = change(
    world,
    world.tables.invoices,
    id,
    {
      status: 'uncollectible',
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: {
        ...invoice.status_transitions,
        marked_uncollectible_at: world.now(invoice.test_clock),
      },
    },
    'invoice.updated'
  );
  emit(world, 'invoice.marked_uncollectible', given);
  return given;
}

export function invoiceNow(world: World, id: string): Invoice {
  const invoice = world.tables.invoices.get(id);
  if (!invoice) throw new Error(`No invoice ${id}`);
  return invoice;
}

/** The payment an invoice asks for; it has one, and this simulator makes no partial ones. */
export function paymentOf(world: World, invoice: string) {
  const id = world.paymentByInvoice.get(invoice);
  return id ? world.tables.invoicePayments.get(id) : undefined;
}

/** The subscription an invoice bills. */
export function subscriptionOf(world: World, invoice: Invoice): Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id ? world.tables.subscriptions.get(id) : undefined;
}

function requestPayment(world: World, invoice: Invoice): void {
  const first = invoice.billing_reason === 'subscription_create';
  const intent = createIntent(world, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    description: first ? 'Subscription creation' : 'Subscription update',
    setupFutureUsage: 'off_session',
    orderReference: invoice.id,
  });
  const payment = create(world, world.tables.invoicePayments, {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.now(invoice.test_clock),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: world.livemode,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
  world.paymentByInvoice.set(invoice.id, payment.id);
}

/**
 * What is over stays as credit, and credit pays first: https://docs.stripe.com/billing/customer/balance
 * (a negative balance is credit). Returns the customer's balance after this invoice.
 */
function useBalance(world: World, invoice: Invoice, customer: Customer | undefined): number {
  if (!customer) return 0;
  const balance = customer.balance + invoice.total - invoice.amount_due;
  change(world, world.tables.customers, customer.id, { balance }, 'customer.updated');
  return balance;
}

/** `PREFIX-0001`, counted per customer; the first invoice also fixes the customer's currency. */
function nextNumber(world: World, customer: Customer | undefined, currency: string): string | null {
  if (!customer) return null;
  const sequence = customer.next_invoice_sequence ?? 1;
  change(
    world,
    world.tables.customers,
    customer.id,
    { currency: customer.currency ?? currency, next_invoice_sequence: sequence + 1 },
    'customer.updated'
  );
  return `${customer.invoice_prefix ?? 'INV'}-${String(sequence).padStart(4, '0')}`;
}
