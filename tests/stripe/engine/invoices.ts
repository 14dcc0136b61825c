import { change, create, emit } from '../events/record';
import { newId } from '../store/ids';
import type { Customer, Invoice, PaymentIntent, Subscription } from '../types';
import type { World } from '../world';
import { rendering } from './one-off';
import { createIntent } from './create-intent';
import { cancelIntent } from './payment-intents';

/**
 * Numbers the invoice, opens it and, if anything is due, makes the intent that will pay it.
 *
 * @param paid what has paid it already
 */
export function finalizeInvoice(world: World, id: string, paid?: PaymentIntent): Invoice {
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
    ...(invoice.rendering ? { rendering: rendering('letter') } : {}),
    status_transitions: { ...invoice.status_transitions, finalized_at: now },
  });
  emit(world, 'invoice.finalized', open);
  if (open.amount_due > 0) requestPayment(world, open, paid);
  if (open.collection_method === 'send_invoice' && open.auto_advance) sendInvoice(world, id);
  return invoiceNow(world, id);
}

/** Mails it to the customer, as `send_invoice` does. */
export function sendInvoice(world: World, id: string): Invoice {
  const invoice = invoiceNow(world, id);
  emit(world, 'invoice.sent', invoice);
  return invoice;
}

/**
 * Records that nothing is owed any more; its `invoice.paid` and `invoice.payment_succeeded`.
 * Out of band, the money came another way: the payment that was asked for is canceled.
 */
export function markPaid(world: World, id: string, outOfBand = false): Invoice {
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
  if (payment?.payment.payment_intent && outOfBand) {
    cancelIntent(world, payment.payment.payment_intent, 'void_invoice');
    change(world, world.tables.invoicePayments, payment.id, {
      status: 'canceled',
      status_transitions: { canceled_at: now, paid_at: null },
    });
  } else if (payment) {
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

const descriptions = new Map([
  ['subscription_create', 'Subscription creation'],
  ['subscription_cycle', 'Subscription update'],
  ['subscription_update', 'Subscription update'],
]);

function requestPayment(world: World, invoice: Invoice, paid: PaymentIntent | undefined): void {
  const description = descriptions.get(invoice.billing_reason ?? '') ?? 'Payment for Invoice';
  const intent =
    paid ??
    createIntent(world, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: invoice.customer,
      description,
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
