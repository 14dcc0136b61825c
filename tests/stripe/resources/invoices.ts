import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { collect, settle } from '../engine/collect';
import {
  finalizeInvoice,
  invoiceNow,
  markUncollectible,
  subscriptionOf,
  voidInvoice,
} from '../engine/invoices';
import { change } from '../events/record';
import { cardError, invalid } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Invoice } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';
import { matcher } from './search';

const invoices = (world: World) => world.tables.invoices;
const url = '/v1/invoices';

export const invoiceRoutes: Route[] = [
  route<Stripe.InvoiceListParams>('GET /v1/invoices', ({ world, params }) => {
    const rows = invoices(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.status === undefined || row.status === params.status) &&
          (params.subscription === undefined ||
            subscriptionOf(world, row)?.id === params.subscription) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.InvoiceSearchParams>('GET /v1/invoices/search', ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(invoices(world).newestFirst().filter(matches), `${url}/search`, params);
  }),

  route<Stripe.InvoiceRetrieveParams>('GET /v1/invoices/{invoice}', ({ world, id }) =>
    need(world, (tables) => tables.invoices, id)
  ),

  route<Stripe.InvoiceUpdateParams>('POST /v1/invoices/{invoice}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.invoices, id);
    return change(
      world,
      invoices(world),
      id,
      {
        auto_advance: params.auto_advance ?? was.auto_advance ?? false,
        description: params.description ?? was.description,
        metadata: metadata(params.metadata, was.metadata ?? {}),
      },
      'invoice.updated'
    );
  }),

  route<Stripe.InvoiceListLineItemsParams>(
    'GET /v1/invoices/{invoice}/lines',
    ({ world, id, params }) => {
      const row = need(world, (tables) => tables.invoices, id, 'invoice');
      return listPage(row.lines.data, `${url}/${id}/lines`, params);
    }
  ),

  route<Stripe.InvoiceFinalizeInvoiceParams>(
    'POST /v1/invoices/{invoice}/finalize',
    ({ world, id }) => {
      expectStatus(
        need(world, (tables) => tables.invoices, id),
        ['draft'],
        'finalize'
      );
      finalizeInvoice(world, id);
      if (invoiceNow(world, id).amount_due === 0) settle(world, id);
      return invoiceNow(world, id);
    }
  ),

  route<Stripe.InvoicePayParams>('POST /v1/invoices/{invoice}/pay', ({ world, id, params }) => {
    const row = need(world, (tables) => tables.invoices, id);
    if (row.status === 'paid')
      throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
    if (row.status === 'draft') finalizeInvoice(world, id);
    expectStatus(invoiceNow(world, id), ['open', 'uncollectible'], 'pay');
    if (params.paid_out_of_band) {
      settle(world, id);
      return invoiceNow(world, id);
    }
    const method = params.payment_method
      ? need(world, (tables) => tables.paymentMethods, params.payment_method, 'payment_method')
      : undefined;
    const result = collect(world, id, method);
    if (result.outcome === 'declined') {
      throw cardError({ ...declineError(result.decline), charge: result.charge });
    }
    if (result.outcome === 'action') {
      throw cardError({
        code: 'invoice_payment_intent_requires_action',
        message:
          'This payment requires additional user action before it can be completed successfully.',
      });
    }
    if (result.outcome === 'no-method') {
      throw invalid(
        'There is no `default_payment_method` set on this Customer or Invoice. Please attach a payment method.',
        undefined,
        'resource_missing'
      );
    }
    return invoiceNow(world, id);
  }),

  route<Stripe.InvoiceVoidInvoiceParams>('POST /v1/invoices/{invoice}/void', ({ world, id }) => {
    expectStatus(
      need(world, (tables) => tables.invoices, id),
      ['open', 'uncollectible'],
      'void'
    );
    return voidInvoice(world, id);
  }),

  route<Stripe.InvoiceMarkUncollectibleParams>(
    'POST /v1/invoices/{invoice}/mark_uncollectible',
    ({ world, id }) => {
      expectStatus(
        need(world, (tables) => tables.invoices, id),
        ['open'],
        'mark as uncollectible'
      );
      return markUncollectible(world, id);
    }
  ),

  route<Stripe.InvoicePaymentListParams>('GET /v1/invoice_payments', ({ world, params }) => {
    const wanted = params.payment?.payment_intent;
    const rows = world.tables.invoicePayments
      .newestFirst()
      .filter(
        (row) =>
          (params.invoice === undefined || row.invoice === params.invoice) &&
          (params.status === undefined || row.status === params.status) &&
          (wanted === undefined || row.payment.payment_intent === wanted)
      );
    return listPage(rows, '/v1/invoice_payments', params);
  }),

  route<Stripe.InvoicePaymentRetrieveParams>(
    'GET /v1/invoice_payments/{invoice_payment}',
    ({ world, id }) => need(world, (tables) => tables.invoicePayments, id)
  ),
];

function expectStatus(invoice: Invoice, wanted: string[], action: string): void {
  if (invoice.status !== null && wanted.includes(invoice.status)) return;
  throw invalid(
    `You cannot ${action} this invoice: its status is '${invoice.status}'.`,
    undefined,
    'invoice_not_editable'
  );
}
