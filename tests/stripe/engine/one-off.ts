import { change, create } from '../events/record';
import { newId } from '../store/ids';
import type { Customer, Invoice, InvoiceItem, Price, Subscription } from '../types';
import type { World } from '../world';
import { blankInvoice } from './blank-invoice';
import { customerDiscount, withLines } from './draft-invoice';
import { pendingLine, type LineDraft } from './invoice-lines';

export interface OneOff {
  customer: Customer;
  currency: string;
  collectionMethod: string;
  daysUntilDue: number | null;
  /** Bills what is pending for this subscription alone. */
  subscription: Subscription | undefined;
  /** Whether the customer's pending items come onto it. */
  includePending: boolean;
  fields: Partial<Invoice>;
}

/** An invoice that no cycle makes; it stays a draft until it is finalised. */
export function draftOneOff(world: World, spec: OneOff): Invoice {
  const { customer, subscription } = spec;
  const blank = blankInvoice(world, {
    customer,
    customerId: customer.id,
    currency: spec.currency,
    testClock: customer.test_clock ?? null,
    collectionMethod: spec.collectionMethod,
    daysUntilDue: spec.daysUntilDue,
  });
  const items = spec.includePending
    ? pendingItems(world, customer.id, spec.currency, subscription?.id)
    : [];
  const row = withLines(
    world,
    {
      ...blank,
      discounts: [...(subscription?.discounts ?? []), ...customerDiscount(customer)],
      parent: subscription
        ? {
            quote_details: null,
            subscription_details: {
              metadata: subscription.metadata,
              subscription: subscription.id,
            },
            type: 'subscription_details',
          }
        : null,
      period_start: subscription?.start_date ?? blank.created,
      rendering: rendering('auto'),
      webhooks_delivered_at: blank.created,
      ...spec.fields,
    },
    items.map((item) => pendingLine(world, item))
  );
  for (const item of items) change(world, world.tables.invoiceItems, item.id, { invoice: row.id });
  return create(world, world.tables.invoices, row, 'invoice.created');
}

export function rendering(pageSize: 'auto' | 'letter'): Invoice['rendering'] {
  return {
    amount_tax_display: null,
    pdf: { page_size: pageSize },
    template: null,
    template_version: null,
  };
}

/** Items that wait for an invoice; those of a subscription wait for its own. */
export function pendingItems(
  world: World,
  customer: string,
  currency: string,
  subscription?: string
): InvoiceItem[] {
  return world.tables.invoiceItems.filter((item) => {
    if (item.invoice !== null || item.customer !== customer || item.currency !== currency) {
      return false;
    }
    const owner = item.parent?.subscription_details?.subscription;
    return subscription === undefined ? owner === undefined : owner === subscription;
  });
}

export interface ItemSpec {
  customer: Customer;
  /** Minor units, of all of it. */
  amount: number;
  currency: string;
  quantity: number;
  unitDecimal: string;
  price: Price | undefined;
  description: string | null;
  invoice: string | null;
  subscription: string | null;
  discountable: boolean;
  metadata: Record<string, string>;
  period: { start: number; end: number } | undefined;
}

/** Something to be billed once, on the invoice given or the next one. */
export function addItem(world: World, spec: ItemSpec): InvoiceItem {
  const now = world.now(spec.customer.test_clock ?? null);
  const item = create(
    world,
    world.tables.invoiceItems,
    {
      id: newId('ii'),
      object: 'invoiceitem',
      amount: spec.amount,
      currency: spec.currency,
      customer: spec.customer.id,
      customer_account: null,
      date: now,
      description: spec.description,
      discountable: spec.discountable,
      discounts: [],
      invoice: spec.invoice,
      livemode: world.livemode,
      metadata: spec.metadata,
      parent: spec.subscription
        ? {
            subscription_details: { subscription: spec.subscription },
            type: 'subscription_details',
          }
        : null,
      period: spec.period ?? { start: now, end: now },
      pricing: {
        ...(spec.price
          ? { price_details: { price: spec.price.id, product: spec.price.product } }
          : {}),
        type: 'price_details',
        unit_amount_decimal: spec.unitDecimal,
      },
      proration: false,
      quantity: spec.quantity,
      quantity_decimal: String(spec.quantity),
      tax_rates: [],
      test_clock: spec.customer.test_clock ?? null,
    },
    'invoiceitem.created'
  );
  refresh(world, spec.invoice);
  return item;
}

/** Puts a draft's lines together again after one of its items changed. */
export function refresh(world: World, id: string | null): void {
  const invoice = id ? world.tables.invoices.get(id) : undefined;
  if (invoice?.status !== 'draft') return;
  const own = new Set(
    world.tables.invoiceItems.filter((item) => item.invoice === invoice.id).map((item) => item.id)
  );
  const kept = invoice.lines.data.filter((line) => !itemOfLine(line));
  const items = world.tables.invoiceItems.filter((item) => own.has(item.id));
  const drafts: LineDraft[] = [...kept, ...items.map((item) => pendingLine(world, item))];
  change(
    world,
    world.tables.invoices,
    invoice.id,
    withLines(world, invoice, drafts),
    'invoice.updated'
  );
}

/** The invoice item a line was made of. */
export function itemOfLine(line: LineDraft): string | null {
  const { invoice_item_details: own, subscription_item_details: item } = line.parent ?? {};
  return own?.invoice_item ?? item?.invoice_item ?? null;
}
