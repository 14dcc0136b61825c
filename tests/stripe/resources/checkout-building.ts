import type Stripe from 'stripe';
import type { CheckoutPlan } from '../engine/checkout-plan';
import { basketOf, totalsOf } from '../engine/checkout-total';
import { redeemable } from '../engine/discounts';
import { productName } from '../engine/invoice-lines';
import { hasCurrency, priceAmount } from '../engine/price-amount';
import { buildProduct } from '../engine/products';
import { invalid, missingParam } from '../http/errors';
import { newId } from '../store/ids';
import { create } from '../events/record';
import type { CheckoutSession, LineItem, Price, Stored } from '../types';
import { need, type World } from '../world';
import { checkPrices, checkSession } from './checkout-checks';
import { blankSession } from './checkout-session';
import { metadata } from './fields';
import { buildPrice } from './price-building';

export type Given = Stored<Stripe.Checkout.SessionCreateParams> & OlderTypes;

/** What `allowed_payment_method_types` was called before. */
export interface OlderTypes {
  payment_method_types?: string[];
}

interface Built {
  session: CheckoutSession;
  plan: CheckoutPlan;
  lineItems: LineItem[];
}

/** A new open session, and what it will make when it is paid. */
export function buildSession(world: World, given: Given): Built {
  const mode = given.mode ?? 'payment';
  checkSession(world, given, mode);
  const items = (given.line_items ?? []).map((item, index) => ({
    price: priceOf(world, item, `line_items[${index}]`),
    quantity: item.quantity ?? 1,
  }));
  const prices = items.map((item) => item.price);
  checkPrices(prices, mode);
  const currency = currencyOf(world, prices, given);
  const bare: CheckoutPlan = { ...planOf(given, items), currency: currency ?? '', discounts: [] };
  const basket = basketOf(world, bare, given.customer ?? null);
  const discounts = (given.discounts ?? []).map((each, index) =>
    redeemable(world, each, `discounts[${index}]`, basket)
  );
  const plan = { ...bare, discounts };
  const blank = blankSession(world, given, mode, currency);
  if (mode === 'setup') return { session: blank, plan, lineItems: [] };
  const session = { ...blank, ...totalsOf(world, plan) };
  return { session, plan, lineItems: items.map((item) => lineItem(world, item, plan.currency)) };
}

/** The currency asked for, which every price must know; else the one the prices share. */
function currencyOf(world: World, prices: Price[], given: Given): string | null {
  const [first] = prices;
  const wanted = given.currency?.toLowerCase() ?? first?.currency;
  if (!wanted) return null;
  if (prices.every((price) => hasCurrency(world, price, wanted))) return wanted;
  throw invalid(
    given.currency
      ? `The price specified does not support the currency ${wanted}.`
      : 'All line items must have the same currency.',
    'line_items'
  );
}

function priceOf(
  world: World,
  item: NonNullable<Given['line_items']>[number],
  param: string
): Price {
  if (item.price) {
    const price = need(world, (tables) => tables.prices, item.price, `${param}[price]`);
    if (price.active) return price;
    throw invalid(
      'The price specified is inactive. This field only accepts active prices.',
      `${param}[price]`
    );
  }
  const data = item.price_data;
  if (!data || (!data.product && !data.product_data)) throw missingParam(`${param}[price]`);
  const { product_data: described, ...rest } = data;
  const product = data.product
    ? need(world, (tables) => tables.products, data.product, `${param}[price_data][product]`)
    : create(
        world,
        world.tables.products,
        buildProduct(world, {
          name: described?.name ?? '',
          active: false,
          metadata: metadata(described?.metadata),
        })
      );
  const price = buildPrice(world, { ...rest, product: product.id, active: false });
  return world.tables.prices.put(price);
}

function planOf(
  given: Given,
  items: CheckoutPlan['items']
): Omit<CheckoutPlan, 'discounts' | 'currency'> {
  const subscription = given.subscription_data;
  const payment = given.payment_intent_data;
  return {
    items,
    invoice: given.invoice_creation?.enabled === true,
    subscription: {
      metadata: metadata(subscription?.metadata),
      description: subscription?.description ?? null,
      trialDays: subscription?.trial_period_days ?? null,
      trialEnd: subscription?.trial_end ?? null,
      billingCycleAnchor: subscription?.billing_cycle_anchor,
      missingPaymentMethod:
        subscription?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    },
    payment: {
      metadata: metadata(payment?.metadata),
      description: payment?.description ?? null,
      setupFutureUsage: payment?.setup_future_usage ?? null,
      receiptEmail: payment?.receipt_email ?? null,
      captureMethod: payment?.capture_method,
    },
  };
}

/** What is sold, as a checkout, a quote or a payment link lists it. */
export function lineItem(
  world: World,
  { price, quantity }: CheckoutPlan['items'][number],
  currency: string
): LineItem {
  const amount = priceAmount(world, price, quantity, currency);
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: productName(world, { price }),
    metadata: {},
    price,
    quantity,
  };
}
