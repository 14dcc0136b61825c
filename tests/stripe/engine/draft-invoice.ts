import { change, create } from '../events/record';
import { newId } from '../store/ids';
import type { Invoice, Subscription } from '../types';
import type { World } from '../world';
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
