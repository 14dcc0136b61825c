import { newId } from '../store/ids';
import type {
  Invoice,
  InvoiceItem,
  InvoiceLine,
  Price,
  Product,
  Subscription,
  SubscriptionItem,
} from '../types';
import type { World } from '../world';
import { formatAmount, formatInterval } from './money';
import { priceAmount, unitDecimal } from './price-amount';

/** A line before it belongs to an invoice. */
export type LineDraft = Omit<InvoiceLine, 'id' | 'invoice'>;

/** One item for one period: `1 × Gold (at €5.00 / month)`, or its free trial. */
export function itemLine(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  trial: boolean
): LineDraft {
  const quantity = item.quantity ?? 1;
  const { currency } = subscription;
  const unit = trial ? 0 : Number(unitDecimal(world, item.price, currency));
  const product = world.tables.products.get(item.price.product);
  const what = [quantity, product?.unit_label].filter(Boolean).join(' ');
  const name = productName(world, item);
  const recurring = item.price.recurring;
  const every = recurring ? formatInterval(recurring.interval, recurring.interval_count) : '';
  const amount = trial ? 0 : priceAmount(world, item.price, quantity, currency);
  return {
    ...lineBase(world, currency, amount),
    description: trial
      ? `Free trial for ${what} × ${name}`
      : `${what} × ${name} (at ${formatAmount(unit, currency)} / ${every})`,
    discountable: true,
    metadata: item.metadata,
    parent: lineParent(subscription.id, item.id, null, null),
    period: { start: item.current_period_start, end: item.current_period_end },
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: 'price_details',
      unit_amount_decimal: String(unit),
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
  };
}

/** A one-time price on a subscription's first invoice. */
export function oneTimeLine(
  world: World,
  subscription: Subscription,
  { price, quantity }: { price: Price; quantity: number }
): LineDraft {
  const { currency, start_date: at } = subscription;
  return {
    ...lineBase(world, currency, priceAmount(world, price, quantity, currency)),
    description: productName(world, { price }),
    discountable: true,
    metadata: {},
    parent: {
      invoice_item_details: {
        invoice_item: newId('ii'),
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
      },
      subscription_item_details: null,
      type: 'invoice_item_details',
    },
    period: { start: at, end: at },
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: unitDecimal(world, price, currency),
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
  };
}

/** A pending invoice item (a proration) as a line. */
export function pendingLine(world: World, pending: InvoiceItem): LineDraft {
  const details = pending.parent?.subscription_details;
  return {
    ...lineBase(world, pending.currency, pending.amount),
    description: pending.description,
    discountable: pending.discountable,
    metadata: pending.metadata ?? {},
    parent: details?.subscription_item
      ? lineParent(
          details.subscription,
          details.subscription_item,
          pending.id,
          pending.proration_details?.credited_items?.invoice_line_item_details ?? null
        )
      : itemParent(pending),
    period: pending.period,
    pricing: pending.pricing,
    quantity: pending.quantity,
    quantity_decimal: pending.quantity_decimal,
    subscription: details?.subscription ?? null,
  };
}

export function placeLines(invoice: string, drafts: LineDraft[]): Invoice['lines'] {
  return {
    object: 'list',
    data: drafts.map((draft) => ({ id: newId('il'), ...draft, invoice })),
    has_more: false,
    url: `/v1/invoices/${invoice}/lines`,
  };
}

export function productName(world: World, item: { price: { product: string } }): string {
  const product: Product | undefined = world.tables.products.get(item.price.product);
  return product?.name ?? item.price.product;
}

function lineBase(world: World, currency: string, amount: number) {
  return {
    object: 'line_item' as const,
    amount,
    currency,
    discount_amounts: [],
    discounts: [],
    livemode: world.livemode,
    pretax_credit_amounts: [],
    subtotal: amount,
    taxes: [],
  };
}

function itemParent(item: InvoiceItem): InvoiceLine['parent'] {
  return {
    invoice_item_details: {
      invoice_item: item.id,
      proration: item.proration,
      proration_details: { credited_items: null },
      subscription: item.parent?.subscription_details?.subscription ?? null,
    },
    subscription_item_details: null,
    type: 'invoice_item_details',
  };
}

function lineParent(
  subscription: string | null,
  item: string,
  invoiceItem: string | null,
  credited: { invoice: string; invoice_line_items: string[] } | null
): InvoiceLine['parent'] {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: invoiceItem,
      proration: invoiceItem !== null,
      proration_details: { credited_items: credited },
      subscription,
      subscription_item: item,
    },
    type: 'subscription_item_details',
  };
}
