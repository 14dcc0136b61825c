import type Stripe from 'stripe';
import type { CheckoutPlan } from '../engine/checkout-plan';
import { totalsOf } from '../engine/checkout-total';
import { redeemable } from '../engine/discounts';
import { productName } from '../engine/invoice-lines';
import { invalid, missingParam } from '../http/errors';
import { newId } from '../store/ids';
import type { CheckoutSession, LineItem, Price, Stored } from '../types';
import { need, type World } from '../world';
import { buildPrice } from './price-building';
import { blankSession } from './checkout-session';
import { metadata } from './fields';

type Given = Stored<Stripe.Checkout.SessionCreateParams>;

interface Built {
  session: CheckoutSession;
  plan: CheckoutPlan;
  lineItems: LineItem[];
}

const halfHour = 1800;
const day = 86_400;

/** A new open session, and what it will make when it is paid. */
export function buildSession(world: World, given: Given): Built {
  const mode = given.mode ?? 'payment';
  check(world, given, mode);
  const items = (given.line_items ?? []).map((item, index) => ({
    price: priceOf(world, item, `line_items[${index}]`),
    quantity: item.quantity ?? 1,
  }));
  checkPrices(
    items.map((item) => item.price),
    mode
  );
  const discounts = (given.discounts ?? []).map((each, index) =>
    redeemable(world, each, `discounts[${index}]`)
  );
  const plan = { ...planOf(given, items), discounts };
  const lineItems = items.map((item) => lineItem(world, item));
  const blank = blankSession(world, given, mode, items[0]?.price.currency ?? null);
  const session = { ...blank, ...totalsOf(plan) };
  return { session, plan, lineItems };
}

function check(world: World, given: Given, mode: string): void {
  if (mode === 'setup') throw invalid('The simulator has no setup mode.', 'mode');
  if (!given.line_items?.length) throw missingParam('line_items');
  if (!given.success_url) throw missingParam('success_url');
  for (const [param, value] of [
    ['success_url', given.success_url],
    ['cancel_url', given.cancel_url],
  ]) {
    if (param && value !== undefined && !URL.canParse(value)) {
      throw invalid('Not a valid URL', param, 'url_invalid');
    }
  }
  if (given.customer && given.customer_email) {
    throw invalid(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer_email'
    );
  }
  if (given.allow_promotion_codes && given.discounts) {
    throw invalid(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'discounts'
    );
  }
  if (given.subscription_data && mode !== 'subscription') {
    throw invalid('You can not pass `subscription_data` in `payment` mode.', 'subscription_data');
  }
  if (given.customer) need(world, (tables) => tables.customers, given.customer, 'customer');
  const now = world.now();
  const expires = given.expires_at;
  if (expires !== undefined && (expires < now + halfHour || expires > now + day)) {
    throw invalid(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
      'expires_at'
    );
  }
}

function checkPrices(prices: Price[], mode: string): void {
  if (mode === 'payment' && prices.some((price) => price.recurring)) {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'mode'
    );
  }
  if (mode === 'subscription' && !prices.some((price) => price.recurring)) {
    throw invalid(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      'line_items'
    );
  }
  if (mode === 'subscription' && prices.some((price) => !price.recurring)) {
    throw invalid('The simulator sells no one-time price with a subscription.', 'line_items');
  }
  if (new Set(prices.map((price) => price.currency)).size > 1) {
    throw invalid('All line items must have the same currency.', 'line_items');
  }
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
  if (!data?.product) throw missingParam(`${param}[price]`);
  const { product_data: _unused, ...rest } = data;
  need(world, (tables) => tables.products, data.product, `${param}[price_data][product]`);
  const price = buildPrice(world, { ...rest, product: data.product, active: false });
  return world.tables.prices.put(price);
}

function planOf(given: Given, items: CheckoutPlan['items']): Omit<CheckoutPlan, 'discounts'> {
  const subscription = given.subscription_data;
  const payment = given.payment_intent_data;
  return {
    items,
    subscription: {
      metadata: metadata(subscription?.metadata),
      description: subscription?.description ?? null,
      trialDays: subscription?.trial_period_days ?? null,
      trialEnd: subscription?.trial_end ?? null,
      missingPaymentMethod:
        subscription?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    },
    payment: {
      metadata: metadata(payment?.metadata),
      description: payment?.description ?? null,
      setupFutureUsage: payment?.setup_future_usage ?? null,
      receiptEmail: payment?.receipt_email ?? null,
    },
  };
}

function lineItem(world: World, { price, quantity }: CheckoutPlan['items'][number]): LineItem {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: productName(world, { price }),
    metadata: {},
    price,
    quantity,
  };
}
