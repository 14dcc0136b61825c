import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { declineOf } from '../engine/charge';
import { redeemable } from '../engine/discounts';
import { methodToCharge } from '../engine/payment-methods';
import { hasCurrency, priceAmount } from '../engine/price-amount';
import { subscribe } from '../engine/subscribe';
import { buildSetup } from '../engine/setups';
import { change, create } from '../events/record';
import { cardError, invalid, missingParam } from '../http/errors';
import type { Customer, PaymentMethod, Price, Stored, Subscription } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';
import { termsOf } from './subscription-terms';
import { applyChanges } from './subscription-changes';
import { priceOf } from './subscription-items-param';
import { basketOf, named, type OlderDiscounts } from './subscription-update';

type Given = Stored<Stripe.SubscriptionCreateParams> & OlderDiscounts;

const day = 86_400;

/** `POST /v1/subscriptions`. */
export function createSubscription(world: World, params: Given): Subscription {
  if (!params.customer) throw missingParam('customer');
  if (!params.items?.length) throw missingParam('items');
  const customer = need(world, (tables) => tables.customers, params.customer, 'customer');
  const items = params.items.map((item, index) => ({
    price: priceOf(world, item, `items[${index}]`),
    quantity: item.quantity ?? 1,
    metadata: metadata(item.metadata),
  }));
  const extras = (params.add_invoice_items ?? []).map((item, index) => ({
    price: priceOf(world, extraOf(item), `add_invoice_items[${index}]`),
    quantity: item.quantity ?? 1,
  }));
  const currency = params.currency?.toLowerCase();
  const other = currency && items.find(({ price }) => !hasCurrency(world, price, currency));
  if (other) {
    throw invalid(`The price specified does not support the currency ${currency}.`, 'currency');
  }
  const given = params.default_payment_method;
  if (given) need(world, (tables) => tables.paymentMethods, given, 'default_payment_method');
  const trialEnd = trialEndOf(world, customer, params, items[0]?.price);
  const behavior = params.payment_behavior ?? 'allow_incomplete';
  const sent = params.collection_method === 'send_invoice';
  const owes =
    !sent &&
    trialEnd === null &&
    items.some(({ price, quantity }) => priceAmount(world, price, quantity, currency) > 0);
  const method = given ? world.tables.paymentMethods.get(given) : methodToCharge(world, customer);
  if (owes) checkMethod(method, behavior);
  const older = params.coupon || params.promotion_code ? [named(params)] : [];
  const basket = basketOf(world, customer.id, currency ?? items[0]?.price.currency ?? '', items);
  const { subscription } = subscribe(world, {
    customer,
    items,
    extras,
    currency,
    billingCycleAnchor: params.billing_cycle_anchor,
    prorates: params.proration_behavior !== 'none',
    metadata: metadata(params.metadata),
    description: params.description ?? null,
    defaultPaymentMethod: given ?? null,
    terms: (blank) => termsOf(world, blank, params),
    trialEnd,
    discounts: [...older, ...(params.discounts || [])].map((each, index) =>
      redeemable(world, each, `discounts[${index}]`, basket)
    ),
    missingPaymentMethod:
      params.trial_settings?.end_behavior?.missing_payment_method ?? 'create_invoice',
    collectNow: behavior !== 'default_incomplete',
  });
  if (trialEnd !== null && !method && behavior === 'default_incomplete') {
    setUpLater(world, subscription);
  }
  const { cancel_at, cancel_at_period_end } = params;
  const row = need(world, (tables) => tables.subscriptions, subscription.id);
  if (cancel_at === undefined && cancel_at_period_end === undefined) return row;
  const ends = applyChanges(world, row, { cancel_at, cancel_at_period_end });
  return change(world, world.tables.subscriptions, row.id, ends, 'customer.subscription.updated');
}

function checkMethod(method: PaymentMethod | undefined, behavior: string): void {
  if (!method && behavior !== 'default_incomplete') {
    throw invalid(
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
      undefined,
      'resource_missing'
    );
  }
  const decline = method && declineOf(method);
  if (decline && behavior === 'error_if_incomplete') throw cardError(declineError(decline));
}

/** A trial without a card: a setup intent asks for one. */
function setUpLater(world: World, subscription: Subscription): void {
  const setup = buildSetup(world, { customer: subscription.customer });
  const made = create(world, world.tables.setupIntents, setup, 'setup_intent.created');
  change(world, world.tables.subscriptions, subscription.id, { pending_setup_intent: made.id });
}

function extraOf(item: NonNullable<Given['add_invoice_items']>[number]) {
  const { price, price_data } = item;
  return { ...(price ? { price } : {}), ...(price_data ? { price_data } : {}) };
}

function trialEndOf(
  world: World,
  customer: Customer,
  params: Given,
  price: Price | undefined
): number | null {
  const now = world.now(customer.test_clock);
  const own = params.trial_from_plan ? price?.recurring?.trial_period_days : null;
  const days = params.trial_period_days ?? own;
  if (days) return now + days * day;
  return typeof params.trial_end === 'number' && params.trial_end > now ? params.trial_end : null;
}
