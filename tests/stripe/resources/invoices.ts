import type Stripe from 'stripe';
import { subscriptionOf } from '../engine/invoices';
import { change, emit } from '../events/record';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { need, type World } from '../world';
import { metadata, text } from './fields';
import { createInvoice } from './invoice-creation';
import { expectStatus } from './invoice-actions';
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
    const finalizes =
      was.status === 'draft' && params.auto_advance === true
        ? world.now(was.test_clock) + world.settings.finalizeAfter
        : params.auto_advance === false
          ? null
          : was.automatically_finalizes_at;
    return change(
      world,
      invoices(world),
      id,
      {
        auto_advance: params.auto_advance ?? was.auto_advance ?? false,
        automatically_finalizes_at: finalizes,
        default_payment_method: text(params.default_payment_method, was.default_payment_method),
        description: params.description ?? was.description,
        due_date: params.due_date ?? was.due_date,
        footer: params.footer ?? was.footer,
        metadata: metadata(params.metadata, was.metadata ?? {}),
      },
      'invoice.updated'
    );
  }),

  route<Stripe.InvoiceCreateParams>('POST /v1/invoices', ({ world, params }) =>
    createInvoice(world, params)
  ),

  route<Stripe.InvoiceDeleteParams>('DELETE /v1/invoices/{invoice}', ({ world, id }) => {
    const row = need(world, (tables) => tables.invoices, id);
    expectStatus(row, ['draft'], 'delete');
    for (const item of world.tables.invoiceItems.filter((each) => each.invoice === id)) {
      world.tables.invoiceItems.remove(item.id);
    }
    emit(world, 'invoice.deleted', row);
    invoices(world).remove(id);
    return { id, object: 'invoice', deleted: true };
  }),

  route<Stripe.InvoiceListLineItemsParams>(
    'GET /v1/invoices/{invoice}/lines',
    ({ world, id, params }) => {
      const row = need(world, (tables) => tables.invoices, id, 'invoice');
      return listPage(row.lines.data, `${url}/${id}/lines`, params);
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
