import type { World } from '../world';
import { isBefore } from './order';
import { isFields } from './untyped';

type Fields = Record<string, unknown>;

const basil = '2025-03-31.basil';
const clover = '2025-09-30.clover';
const dahlia = '2026-03-25.dahlia';

/**
 * The shapes of earlier generations: before `clover` a discount held its coupon, before `basil` a
 * subscription held its period and an invoice its payment.
 * `original` is the object before what is inside of it was put into the version.
 * https://docs.stripe.com/changelog/basil, https://docs.stripe.com/changelog/clover
 */
export function inGeneration(world: World, row: Fields, version: string, original: Fields): Fields {
  let shaped = isBefore(version, dahlia) ? beforeDahlia(row) : row;
  if (isBefore(version, clover)) shaped = beforeClover(world, shaped);
  if (isBefore(version, basil)) shaped = beforeBasil(world, shaped, original);
  return shaped;
}

const modes = new Map<unknown, string>([
  ['hosted_page', 'hosted'],
  ['embedded_page', 'embedded'],
  ['elements', 'custom'],
]);

function beforeDahlia(row: Fields): Fields {
  if (row.object !== 'checkout.session') return row;
  return { ...row, ui_mode: modes.get(row.ui_mode) ?? row.ui_mode };
}

function beforeClover(world: World, row: Fields): Fields {
  if (row.object === 'discount') {
    const { source, ...rest } = row;
    return { ...rest, coupon: coupon(world, isFields(source) ? source.coupon : null) };
  }
  if (row.object === 'promotion_code') {
    const { promotion, ...rest } = row;
    return { ...rest, coupon: coupon(world, isFields(promotion) ? promotion.coupon : null) };
  }
  return row;
}

function coupon(world: World, given: unknown): unknown {
  return typeof given === 'string' ? (world.tables.coupons.get(given) ?? given) : given;
}

function beforeBasil(world: World, row: Fields, original: Fields): Fields {
  if (row.object === 'subscription') return subscription(world, row, original);
  const shape = typeof row.object === 'string' ? shapes.get(row.object) : undefined;
  return shape ? shape(row, world) : row;
}

type Shape = (row: Fields, world: World) => Fields;

const shapes = new Map<string, Shape>([
  ['subscription_item', subscriptionItem],
  ['invoice', invoice],
  ['line_item', line],
  ['invoiceitem', invoiceItem],
  ['charge', payment],
  ['payment_intent', payment],
]);

function subscription(world: World, row: Fields, { items: list }: Fields): Fields {
  const items: unknown[] = isFields(list) && Array.isArray(list.data) ? list.data : [];
  const ends = items.flatMap((item) => numbers(item, 'current_period_end'));
  const starts = items.flatMap((item) => numbers(item, 'current_period_start'));
  return {
    ...row,
    // As Stripe did: the latest end and start of its items.
    current_period_end: ends.length > 0 ? Math.max(...ends) : null,
    current_period_start: starts.length > 0 ? Math.max(...starts) : null,
    discount: firstDiscount(world, row.discounts),
  };
}

/** The only discount there could be, whole where `discounts` has its id. */
function firstDiscount(world: World, discounts: unknown): unknown {
  const [first] = Array.isArray(discounts) ? discounts : [];
  if (isFields(first)) return first;
  const row = typeof first === 'string' ? world.tables.discounts.get(first) : undefined;
  return row ? beforeClover(world, { ...row }) : null;
}

function numbers(item: unknown, key: string): number[] {
  const value = isFields(item) ? item[key] : undefined;
  return typeof value === 'number' ? [value] : [];
}

function subscriptionItem({ current_period_end: _e, current_period_start: _s, ...row }: Fields) {
  return row;
}

function invoice({ parent, total_taxes: taxes, ...row }: Fields, world: World): Fields {
  const details =
    isFields(parent) && isFields(parent.subscription_details)
      ? parent.subscription_details
      : undefined;
  const { payment_intent: intent, charge } = paymentOf(world, row.id);
  const money = isFields(row.status_transitions) && row.status === 'paid';
  return {
    application_fee_amount: null,
    charge,
    discount: firstDiscount(world, row.discounts),
    paid: row.status === 'paid',
    paid_out_of_band: money && intent === null && typeof row.total === 'number' && row.total > 0,
    payment_intent: intent,
    quote: null,
    subscription: details?.subscription ?? null,
    subscription_details: { metadata: details?.metadata ?? null },
    tax: null,
    total_tax_amounts: taxes ?? [],
    transfer_data: null,
    ...row,
  };
}

function paymentOf(world: World, invoiceId: unknown) {
  const id = world.paymentByInvoice.get(String(invoiceId));
  const payment = id ? world.tables.invoicePayments.get(id) : undefined;
  const intent = payment?.payment.payment_intent;
  const row = intent ? world.tables.paymentIntents.get(intent) : undefined;
  const canceled = payment?.status === 'canceled' && row?.status === 'canceled';
  return {
    payment_intent: canceled ? null : (intent ?? null),
    charge: row?.latest_charge ?? null,
  };
}

function line({ parent, pricing, taxes, ...row }: Fields, world: World): Fields {
  const item =
    isFields(parent) && isFields(parent.subscription_item_details)
      ? parent.subscription_item_details
      : undefined;
  const once =
    isFields(parent) && isFields(parent.invoice_item_details)
      ? parent.invoice_item_details
      : undefined;
  const price = priceOf(world, pricing);
  const invoiceItemId = item?.invoice_item ?? once?.invoice_item;
  return {
    ...row,
    amount_excluding_tax: row.amount,
    plan: null,
    price,
    proration: item?.proration ?? once?.proration ?? false,
    proration_details: item?.proration_details ??
      once?.proration_details ?? { credited_items: null },
    ...(invoiceItemId ? { invoice_item: invoiceItemId } : {}),
    ...(item?.subscription_item ? { subscription_item: item.subscription_item } : {}),
    subscription: item?.subscription ?? once?.subscription ?? null,
    tax_amounts: taxes ?? [],
    tax_rates: [],
    type: invoiceItemId ? 'invoiceitem' : 'subscription',
    unit_amount_excluding_tax: isFields(pricing) ? pricing.unit_amount_decimal : null,
  };
}

function invoiceItem({ parent, pricing, ...row }: Fields, world: World): Fields {
  const details =
    isFields(parent) && isFields(parent.subscription_details)
      ? parent.subscription_details
      : undefined;
  const decimal = isFields(pricing) ? pricing.unit_amount_decimal : null;
  return {
    ...row,
    plan: null,
    price: priceOf(world, pricing),
    subscription: details?.subscription ?? null,
    ...(details?.subscription_item ? { subscription_item: details.subscription_item } : {}),
    unit_amount: typeof decimal === 'string' ? Math.round(Number(decimal)) : null,
    unit_amount_decimal: decimal,
  };
}

function priceOf(world: World, pricing: unknown): unknown {
  const details = isFields(pricing) && isFields(pricing.price_details) ? pricing.price_details : {};
  return world.tables.prices.get(String(details.price)) ?? null;
}

/** A charge and an intent named their invoice. */
function payment(row: Fields, world: World): Fields {
  const intent = row.object === 'charge' ? row.payment_intent : row.id;
  const paid = world.tables.invoicePayments.filter(
    (each) => each.payment.payment_intent === intent
  )[0];
  return { ...row, invoice: paid?.invoice ?? null };
}
