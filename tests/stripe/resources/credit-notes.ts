import type Stripe from 'stripe';
import { changeBalance } from '../engine/customer-balance';
import { refundCharge } from '../engine/refunds';
import { paymentOf } from '../engine/invoices';
import { change, create, emit } from '../events/record';
import { invalid } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import type { CreditNote, Invoice, Refund, Stored } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

type Given = Stored<Stripe.CreditNoteCreateParams>;

const notes = (world: World) => world.tables.creditNotes;
const url = '/v1/credit_notes';

/** https://docs.stripe.com/invoicing/integration/credit-notes */
export const creditNoteRoutes: Route[] = [
  route<Stripe.CreditNoteCreateParams>(`POST ${url}`, ({ world, params }) => issue(world, params)),

  route<Stripe.CreditNotePreviewParams>(`GET ${url}/preview`, ({ world, params }) =>
    world.rehearse(() => issue(world, params))
  ),

  route<Stripe.CreditNoteListPreviewLineItemsParams>(
    `GET ${url}/preview/lines`,
    ({ world, params }) => {
      const { data } = world.rehearse(() => issue(world, params)).lines;
      return listPage(data, `${url}/preview/lines`, params);
    }
  ),

  route<Stripe.CreditNoteListParams>(`GET ${url}`, ({ world, params }) => {
    const rows = notes(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.invoice === undefined || row.invoice === params.invoice) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.CreditNoteRetrieveParams>(`GET ${url}/{id}`, ({ world, id }) =>
    need(world, (tables) => tables.creditNotes, id)
  ),

  route<Stripe.CreditNoteListLineItemsParams>(`GET ${url}/{id}/lines`, ({ world, id, params }) =>
    listPage(need(world, (t) => t.creditNotes, id).lines.data, `${url}/${id}/lines`, params)
  ),

  route<Stripe.CreditNoteUpdateParams>(`POST ${url}/{id}`, ({ world, id, params }) => {
    const was = need(world, (tables) => tables.creditNotes, id);
    const changes = {
      memo: params.memo ?? was.memo,
      metadata: metadata(params.metadata, was.metadata ?? {}),
    };
    return change(world, notes(world), id, changes, 'credit_note.updated');
  }),

  route<Stripe.CreditNoteVoidCreditNoteParams>(`POST ${url}/{id}/void`, ({ world, id }) => {
    const was = need(world, (tables) => tables.creditNotes, id);
    if (was.status === 'void' || was.type === 'post_payment') {
      throw invalid('You can only void a credit note of an open invoice.');
    }
    const invoice = need(world, (tables) => tables.invoices, was.invoice);
    reduce(world, invoice, -was.amount);
    const after = change(world, notes(world), id, { status: 'void', voided_at: world.now() });
    emit(world, 'credit_note.voided', after);
    return after;
  }),
];

/** Takes an amount off an open invoice, or gives it back of a paid one. */
function issue(world: World, params: Given): CreditNote {
  const invoice = need(world, (tables) => tables.invoices, params.invoice, 'invoice');
  const lines = linesOf(world, invoice, params);
  const amount = params.amount ?? lines.reduce((sum, line) => sum + line.amount, 0);
  const paid = invoice.status === 'paid';
  if (!paid && invoice.status !== 'open') {
    throw invalid('You can only create a credit note for an open or paid invoice.', 'invoice');
  }
  const most = paid
    ? invoice.amount_paid - invoice.post_payment_credit_notes_amount
    : invoice.amount_remaining;
  if (amount < 1 || amount > most) {
    throw invalid(
      `The credit note's amount (${amount}) is greater than what is left of the invoice (${most}).`,
      'amount'
    );
  }
  const row = build(world, invoice, lines, amount, params);
  const refund = paid ? giveBack(world, invoice, params) : undefined;
  const made = create(
    world,
    notes(world),
    refund
      ? {
          ...row,
          refunds: [
            {
              amount_refunded: refund.amount,
              payment_record_refund: null,
              refund: refund.id,
              type: 'refund',
            },
          ],
        }
      : row,
    'credit_note.created'
  );
  if (!paid) reduce(world, invoice, amount);
  else {
    const sum = invoice.post_payment_credit_notes_amount + amount;
    change(
      world,
      world.tables.invoices,
      invoice.id,
      { post_payment_credit_notes_amount: sum },
      'invoice.updated'
    );
    credit(world, made, params.credit_amount ?? 0);
  }
  return made;
}

type Line = CreditNote['lines']['data'][number];

function linesOf(world: World, invoice: Invoice, params: Given): Line[] {
  return (params.lines ?? []).map((line) => {
    const of = invoice.lines.data.find((each) => each.id === line.invoice_line_item);
    const quantity = line.quantity ?? 1;
    const amount = line.amount ?? (line.unit_amount ?? of?.amount ?? 0) * quantity;
    return {
      id: newId('cnli'),
      object: 'credit_note_line_item',
      amount,
      description: line.description ?? of?.description ?? null,
      discount_amount: 0,
      discount_amounts: [],
      ...(of ? { invoice_line_item: of.id } : {}),
      livemode: world.livemode,
      metadata: metadata(line.metadata),
      pretax_credit_amounts: [],
      quantity,
      tax_rates: [],
      taxes: [],
      type: line.type,
      unit_amount: line.unit_amount ?? null,
      unit_amount_decimal: line.unit_amount === undefined ? null : String(line.unit_amount),
    };
  });
}

function build(
  world: World,
  invoice: Invoice,
  lines: Line[],
  amount: number,
  params: Given
): CreditNote {
  const id = newId('cn');
  const now = world.now(invoice.test_clock);
  const paid = invoice.status === 'paid';
  const before = notes(world).filter((row) => row.invoice === invoice.id).length;
  return {
    id,
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created: now,
    currency: invoice.currency,
    customer: invoice.customer ?? '',
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: now,
    invoice: invoice.id,
    lines: { object: 'list', data: lines, has_more: false, url: `${url}/${id}/lines` },
    livemode: world.livemode,
    memo: params.memo ?? null,
    metadata: metadata(params.metadata),
    number: `${invoice.number}-CN-${String(before + 1).padStart(2, '0')}`,
    out_of_band_amount: params.out_of_band_amount ?? null,
    pdf: `${world.url()}/credit_notes/${id}/pdf`,
    post_payment_amount: paid ? amount : 0,
    pre_payment_amount: paid ? 0 : amount,
    pretax_credit_amounts: [],
    reason: params.reason ?? null,
    refunds: [],
    shipping_cost: null,
    status: 'issued',
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    total_taxes: [],
    type: paid ? 'post_payment' : 'pre_payment',
    voided_at: null,
  };
}

/** Less is owed of an open invoice. */
function reduce(world: World, invoice: Invoice, amount: number): void {
  const due = invoice.amount_due - amount;
  change(
    world,
    world.tables.invoices,
    invoice.id,
    {
      amount_due: due,
      amount_remaining: due,
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + amount,
    },
    'invoice.updated'
  );
}

function giveBack(world: World, invoice: Invoice, params: Given): Refund | undefined {
  const intent = world.tables.paymentIntents.get(
    paymentOf(world, invoice.id)?.payment.payment_intent ?? ''
  );
  const charge = world.tables.charges.get(intent?.latest_charge ?? '');
  if (!charge || !params.refund_amount) return undefined;
  return refundCharge(world, charge, { amount: params.refund_amount, metadata: {}, reason: null });
}

function credit(world: World, note: CreditNote, amount: number): void {
  if (amount === 0) return;
  const booked = changeBalance(world, note.customer, -amount, 'credit_note', {
    credit_note: note.id,
  });
  change(world, notes(world), note.id, { customer_balance_transaction: booked.id });
}
