import { create } from '../events/record';
import { newId } from '../store/ids';
import type { InvoiceItem, Subscription, SubscriptionItem } from '../types';
import type { World } from '../world';
import { productName } from './invoice-lines';
import { priceAmount } from './price-amount';

/** Pending credit for the time of an item's period that is not used. */
export function credit(world: World, owner: Subscription, item: SubscriptionItem): void {
  pend(world, owner, item, -1, 'Unused time on');
}

/** Pending charge for what is left of an item's period. */
export function debit(world: World, owner: Subscription, item: SubscriptionItem): void {
  pend(world, owner, item, 1, 'Remaining time on');
}

function pend(
  world: World,
  owner: Subscription,
  item: SubscriptionItem,
  sign: 1 | -1,
  what: string
): void {
  const now = world.now(owner.test_clock);
  const { current_period_start: start, current_period_end: end, price } = item;
  const left = Math.max(0, end - now) / (end - start);
  const quantity = item.quantity ?? 1;
  const whole = priceAmount(world, price, quantity, owner.currency);
  const amount = sign * Math.round(whole * left);
  const row: InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    amount,
    currency: owner.currency,
    customer: owner.customer,
    customer_account: null,
    date: now,
    description: `${what} ${productName(world, item)} after ${day(now)}`,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: world.livemode,
    metadata: {},
    parent: {
      subscription_details: { subscription: owner.id, subscription_item: item.id },
      type: 'subscription_details',
    },
    period: { start: now, end },
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: null,
    },
    proration: true,
    proration_details: {
      credited_items: sign < 0 ? credited(world, owner, item) : null,
      discount_amounts: [],
    },
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: owner.test_clock,
  };
  create(world, world.tables.invoiceItems, row, 'invoiceitem.created');
}

/** The line that had charged the time now given back. */
function credited(world: World, owner: Subscription, item: SubscriptionItem): Credited {
  const invoice = owner.latest_invoice
    ? world.tables.invoices.get(owner.latest_invoice)
    : undefined;
  const line = invoice?.lines.data.find(
    (each) =>
      each.parent?.subscription_item_details?.subscription_item === item.id && each.amount > 0
  );
  if (!invoice || !line) return null;
  return {
    invoice_line_item_details: { invoice: invoice.id, invoice_line_items: [line.id] },
    type: 'invoice_line_items',
  };
}

type Credited = NonNullable<InvoiceItem['proration_details']>['credited_items'];

function day(seconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    seconds * 1000
  );
}
