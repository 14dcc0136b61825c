import type Stripe from 'stripe';
import { addItem, refresh } from '../engine/one-off';
import { productName } from '../engine/invoice-lines';
import { buildProduct } from '../engine/products';
import { priceAmount, unitDecimal } from '../engine/price-amount';
import { change, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { InvoiceItem, Price, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, numberParam, textParam } from './fields';
import { buildPrice } from './price-building';

/** What the several endpoints that add an item have in common. */
type ItemGiven = Pick<
  Stored<Stripe.InvoiceItemCreateParams & Older>,
  | 'amount'
  | 'currency'
  | 'customer'
  | 'description'
  | 'discountable'
  | 'invoice'
  | 'metadata'
  | 'period'
  | 'price'
  | 'price_data'
  | 'pricing'
  | 'quantity'
  | 'subscription'
  | 'unit_amount'
  | 'unit_amount_decimal'
>;

/** How a price was given before `pricing`. */
interface Older {
  price?: string;
  unit_amount?: number;
}

const items = (world: World) => world.tables.invoiceItems;

export const invoiceItemRoutes: Route[] = [
  route<Stripe.InvoiceItemCreateParams & Older>(
    'POST /v1/invoiceitems',
    ({ world, params }) => addPriced(world, params),
    { price: textParam, unit_amount: numberParam }
  ),

  route<Stripe.InvoiceItemListParams>('GET /v1/invoiceitems', ({ world, params }) => {
    const rows = items(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.invoice === undefined || row.invoice === params.invoice) &&
          (params.pending === undefined || params.pending === (row.invoice === null)) &&
          inRange(row.date, params.created)
      );
    return listPage(rows, '/v1/invoiceitems', params);
  }),

  route<Stripe.InvoiceItemRetrieveParams>('GET /v1/invoiceitems/{invoiceitem}', ({ world, id }) =>
    need(world, (tables) => tables.invoiceItems, id)
  ),

  route<Stripe.InvoiceItemUpdateParams>(
    'POST /v1/invoiceitems/{invoiceitem}',
    ({ world, id, params }) => {
      const was = editable(world, id);
      const quantity = params.quantity ?? was.quantity;
      const unit = params.unit_amount_decimal ?? was.pricing?.unit_amount_decimal;
      const amount =
        params.amount ??
        (params.quantity !== undefined || params.unit_amount_decimal !== undefined
          ? Math.round(Number(unit ?? 0) * quantity)
          : was.amount);
      const after = change(world, items(world), id, {
        amount,
        quantity,
        quantity_decimal: String(quantity),
        description: params.description ?? was.description,
        discountable: params.discountable ?? was.discountable,
        metadata: metadata(params.metadata, was.metadata ?? {}),
        period: params.period ?? was.period,
      });
      refresh(world, was.invoice);
      return after;
    }
  ),

  route<Stripe.InvoiceItemDeleteParams>(
    'DELETE /v1/invoiceitems/{invoiceitem}',
    ({ world, id }) => {
      const was = editable(world, id);
      items(world).remove(id);
      emit(world, 'invoiceitem.deleted', was);
      refresh(world, was.invoice);
      return { id, object: 'invoiceitem', deleted: true };
    }
  ),
];

/** Adds an item as a call describes it. */
export function addPriced(world: World, params: ItemGiven): InvoiceItem {
  if (!params.customer) throw missingParam('customer');
  const customer = need(world, (tables) => tables.customers, params.customer, 'customer');
  const { invoice, subscription } = params;
  if (invoice) draftOf(world, invoice);
  if (subscription) need(world, (t) => t.subscriptions, subscription, 'subscription');
  const priced = pricing(world, params);
  return addItem(world, {
    ...priced,
    customer,
    description:
      params.description ??
      (isNamed(params) && priced.price ? productName(world, { price: priced.price }) : null),
    invoice: invoice ?? null,
    subscription: subscription ?? null,
    discountable: params.discountable ?? priced.amount > 0,
    metadata: metadata(params.metadata),
    period: params.period,
  });
}

const isNamed = ({ price, pricing, price_data }: ItemGiven): boolean =>
  Boolean(price ?? pricing?.price ?? price_data);

/** By a price, by a unit's amount, or all of it in one amount. */
function pricing(world: World, params: ItemGiven) {
  const quantity = params.quantity ?? 1;
  const price = priceOf(world, params);
  if (price) {
    const currency = params.currency?.toLowerCase() ?? price.currency;
    const amount = priceAmount(world, price, quantity, currency);
    return { price, amount, currency, quantity, unitDecimal: unitDecimal(world, price, currency) };
  }
  const currency = params.currency?.toLowerCase();
  if (!currency) throw missingParam('currency');
  const unit = params.unit_amount_decimal ?? params.unit_amount;
  if (params.amount === undefined && unit === undefined) throw missingParam('amount');
  const each = unit === undefined ? (params.amount ?? 0) / quantity : Number(unit);
  const amount = params.amount ?? Math.round(each * quantity);
  const inline = amount < 0 ? undefined : inlinePrice(world, params, currency, each);
  return { price: inline, amount, currency, quantity, unitDecimal: String(each) };
}

/** What is billed by an amount alone gets a price of its own that nobody can buy. */
function inlinePrice(world: World, params: ItemGiven, currency: string, each: number): Price {
  const name = params.description ?? 'Invoice item';
  const product = buildProduct(world, { name, active: false });
  world.tables.products.put(product);
  return world.tables.prices.put(
    buildPrice(world, {
      active: false,
      currency,
      product: product.id,
      unit_amount_decimal: String(each),
    })
  );
}

function priceOf(world: World, params: ItemGiven): Price | undefined {
  const id = params.pricing?.price ?? params.price;
  if (id) return need(world, (tables) => tables.prices, id, 'price');
  if (!params.price_data) return undefined;
  const price = buildPrice(world, { ...params.price_data, active: false });
  return world.tables.prices.put(price);
}

function draftOf(world: World, id: string): void {
  const invoice = need(world, (tables) => tables.invoices, id, 'invoice');
  if (invoice.status === 'draft') return;
  throw invalid("You can't add items to an invoice that is no longer a draft.", 'invoice');
}

function editable(world: World, id: string): InvoiceItem {
  const item = need(world, (tables) => tables.invoiceItems, id);
  const invoice = item.invoice ? world.tables.invoices.get(item.invoice) : undefined;
  if (!invoice || invoice.status === 'draft') return item;
  throw invalid(
    'This invoice item is attached to an invoice that is no longer editable.',
    undefined,
    'invoice_not_editable'
  );
}
