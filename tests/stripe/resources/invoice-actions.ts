import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { collect, settle } from '../engine/collect';
import {
  finalizeInvoice,
  invoiceNow,
  markUncollectible,
  paymentOf,
  sendInvoice,
  voidInvoice,
} from '../engine/invoices';
import { addItem } from '../engine/one-off';
import { priceAmount, unitDecimal } from '../engine/price-amount';
import { cardError, invalid } from '../http/errors';
import { route, type Route } from '../http/routes';
import type { Invoice } from '../types';
import { isFields } from '../versions/untyped';
import { need, type World } from '../world';
import { metadata } from './fields';
import { previewInvoice } from './invoice-preview';
import { withDurations } from './subscription-schedules';

const find = (world: World, id: string) => need(world, (tables) => tables.invoices, id);

export const invoiceActionRoutes: Route[] = [
  route<Stripe.InvoiceCreatePreviewParams>(
    'POST /v1/invoices/create_preview',
    ({ world, params }) => previewInvoice(world, params),
    undefined,
    (world, raw) =>
      isFields(raw) && raw.schedule_details
        ? { ...raw, schedule_details: withDurations(world, raw.schedule_details) }
        : raw
  ),

  route<Stripe.InvoiceFinalizeInvoiceParams>(
    'POST /v1/invoices/{invoice}/finalize',
    ({ world, id }) => {
      finalize(world, id);
      return invoiceNow(world, id);
    }
  ),

  route<Stripe.InvoiceSendInvoiceParams>('POST /v1/invoices/{invoice}/send', ({ world, id }) => {
    const row = find(world, id);
    if (row.collection_method !== 'send_invoice') {
      throw invalid(
        'You can only manually send an invoice if its collection method is `send_invoice`.'
      );
    }
    if (row.status === 'draft') finalize(world, id);
    expectStatus(invoiceNow(world, id), ['open', 'paid'], 'send');
    return sendInvoice(world, id);
  }),

  route<Stripe.InvoicePayParams>('POST /v1/invoices/{invoice}/pay', ({ world, id, params }) => {
    const row = find(world, id);
    if (row.status === 'paid') {
      throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
    }
    if (row.status === 'draft') finalize(world, id);
    if (invoiceNow(world, id).status === 'paid') return invoiceNow(world, id);
    expectStatus(invoiceNow(world, id), ['open', 'uncollectible'], 'pay');
    if (params.paid_out_of_band) settle(world, id, { outOfBand: true });
    else pay(world, id, params.payment_method);
    return invoiceNow(world, id);
  }),

  route<Stripe.InvoiceVoidInvoiceParams>('POST /v1/invoices/{invoice}/void', ({ world, id }) => {
    expectStatus(find(world, id), ['open', 'uncollectible'], 'void');
    return voidInvoice(world, id);
  }),

  route<Stripe.InvoiceMarkUncollectibleParams>(
    'POST /v1/invoices/{invoice}/mark_uncollectible',
    ({ world, id }) => {
      expectStatus(find(world, id), ['open'], 'mark as uncollectible');
      return markUncollectible(world, id);
    }
  ),

  route<Stripe.InvoiceAddLinesParams>(
    'POST /v1/invoices/{invoice}/add_lines',
    ({ world, id, params }) => {
      const row = find(world, id);
      expectStatus(row, ['draft'], 'add lines to');
      const customer = need(world, (tables) => tables.customers, row.customer ?? '', 'customer');
      for (const line of params.lines) {
        const named = line.pricing?.price;
        const price = named ? need(world, (tables) => tables.prices, named, 'price') : undefined;
        const quantity = line.quantity ?? 1;
        const amount =
          line.amount ?? (price ? priceAmount(world, price, quantity, row.currency) : 0);
        addItem(world, {
          customer,
          amount,
          currency: row.currency,
          quantity,
          unitDecimal: price ? unitDecimal(world, price, row.currency) : String(amount / quantity),
          price,
          description: line.description ?? null,
          invoice: id,
          subscription: null,
          discountable: line.discountable ?? true,
          metadata: metadata(line.metadata),
          period: line.period,
        });
      }
      return invoiceNow(world, id);
    }
  ),
];

function finalize(world: World, id: string): void {
  expectStatus(find(world, id), ['draft'], 'finalize');
  finalizeInvoice(world, id);
  if (invoiceNow(world, id).amount_due === 0) settle(world, id);
}

function pay(world: World, id: string, given: string | undefined): void {
  const method = given
    ? need(world, (tables) => tables.paymentMethods, given, 'payment_method')
    : undefined;
  const result = collect(world, id, method);
  const intent = world.tables.paymentIntents.get(
    paymentOf(world, id)?.payment.payment_intent ?? ''
  );
  const told = intent ? { payment_intent: intent } : {};
  if (result.outcome === 'declined') {
    throw cardError({ ...declineError(result.decline), charge: result.charge, ...told });
  }
  if (result.outcome === 'action') {
    throw cardError({
      code: 'invoice_payment_intent_requires_action',
      message:
        'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice. For more details see: https://stripe.com/docs/billing/subscriptions/overview#requires-action',
      ...told,
    });
  }
  if (result.outcome === 'no-method') {
    throw invalid(
      'There is no `default_payment_method` set on this Customer or Invoice. Please attach a payment method.',
      undefined,
      'resource_missing'
    );
  }
}

/** Refuses what an invoice's state does not allow. */
export function expectStatus(invoice: Invoice, wanted: string[], action: string): void {
  if (invoice.status !== null && wanted.includes(invoice.status)) return;
  throw invalid(
    `You cannot ${action} this invoice: its status is '${invoice.status}'.`,
    undefined,
    'invoice_not_editable'
  );
}
