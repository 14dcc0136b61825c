import type Stripe from 'stripe';
import type { CheckoutPlan } from '../engine/checkout-plan';
import { totalsOf } from '../engine/checkout-total';
import { redeemable } from '../engine/discounts';
import { productName } from '../engine/invoice-lines';
import { invalid, missingParam } from '../http/errors';
import { newId, token } from '../store/ids';
import type { CheckoutSession, LineItem, Price, Stored } from '../types';
import { need, type World } from '../world';
import { buildPrice } from './price-building';
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

function blankSession(
  world: World,
  given: Given,
  mode: string,
  currency: string | null
): CheckoutSession {
  const id = `cs_${world.livemode ? 'live' : 'test'}_${token(58)}`;
  const now = world.now();
  const customer = given.customer ? world.tables.customers.get(given.customer) : undefined;
  const email = customer?.email ?? given.customer_email ?? null;
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation: given.customer
      ? null
      : (given.customer_creation ?? (mode === 'subscription' ? 'always' : 'if_required')),
    customer_details: email
      ? {
          address: null,
          business_name: null,
          email,
          individual_name: null,
          name: customer?.name ?? null,
          phone: null,
          tax_exempt: 'none',
          tax_ids: null,
        }
      : null,
    customer_email: given.customer_email ?? null,
    discounts: [],
    expires_at: given.expires_at ?? now + day,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: world.livemode,
    locale: given.locale ?? null,
    managed_payments: null,
    metadata: metadata(given.metadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection:
      given.payment_method_collection ?? (mode === 'subscription' ? 'always' : 'if_required'),
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: given.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${world.url()}/c/pay/${id}`,
    wallet_options: null,
  };
}
