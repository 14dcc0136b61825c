import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { redeem, redeemable, type Basket } from '../engine/discounts';
import { updateWhenPaid } from '../engine/pending-updates';
import { priceAmount } from '../engine/price-amount';
import { billNow, changeItems, type Proration } from '../engine/update-subscription';
import { declineOf } from '../engine/charge';
import { methodToCharge } from '../engine/payment-methods';
import { change, emit } from '../events/record';
import { cardError, invalid } from '../http/errors';
import type { Price, Stored, Subscription } from '../types';
import { need, type World } from '../world';
import { applyChanges } from './subscription-changes';
import { itemsAfter } from './subscription-items-param';

type Given = Stored<Stripe.SubscriptionUpdateParams> & OlderDiscounts;

/** How a discount was named before `discounts`. */
export interface OlderDiscounts {
  coupon?: string;
  promotion_code?: string;
}

/** Changes of a subscription by the API, also those that arrive through its items. */
export function updateSubscription(world: World, was: Subscription, params: Given): Subscription {
  refuseWhatCannotWait(params);
  if (was.ended_at !== null && (params.items || params.cancel_at_period_end !== undefined)) {
    throw invalid(
      'A canceled subscription can only update its cancellation_details and metadata.',
      'id'
    );
  }
  const changed = withDiscounts(world, applyChanges(world, was, params), params);
  const trialEnded = was.status === 'trialing' && changed.status === 'active';
  if (!params.items && !params.billing_cycle_anchor) {
    if (trialEnded && pausesWithoutCard(world, changed))
      return pausedAfterTrial(world, was, changed);
    const saved = save(world, changed);
    return trialEnded ? billNow(world, saved, true) : saved;
  }
  const wanted = itemsAfter(world, changed, params.items ?? []);
  if (wanted.length === 0) {
    throw invalid('A subscription must have at least one active plan.', 'items');
  }
  refuseIfAsked(world, was, params);
  const result = changeItems(world, changed, wanted, {
    proration: proration(params.proration_behavior),
    restart: params.billing_cycle_anchor?.type === 'now',
  });
  const bills = result.bill || trialEnded;
  const restarted = result.restarted || trialEnded;
  if (bills && params.payment_behavior === 'pending_if_incomplete') {
    return updateWhenPaid(world, was, result.subscription, restarted);
  }
  const saved = save(world, result.subscription);
  return bills ? billNow(world, saved, restarted) : saved;
}

/** What a pending update can hold back; the rest would be lost. */
const canWait = new Set([
  'billing_cycle_anchor',
  'expand',
  'items',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'trial_end',
]);

function refuseWhatCannotWait(params: Given): void {
  if (params.payment_behavior !== 'pending_if_incomplete') return;
  const [other] = Object.keys(params).filter((name) => !canWait.has(name));
  if (!other) return;
  throw invalid(
    `When \`payment_behavior\` is set to \`pending_if_incomplete\`, \`${other}\` is not supported.`,
    other
  );
}

/** `error_if_incomplete`: a card that will be refused changes nothing. */
function refuseIfAsked(world: World, was: Subscription, params: Given): void {
  if (params.payment_behavior !== 'error_if_incomplete') return;
  const customer = need(world, (tables) => tables.customers, was.customer);
  const method = methodToCharge(world, customer, was);
  const decline = method && declineOf(method);
  if (decline) throw cardError(declineError(decline));
}

function pausesWithoutCard(world: World, row: Subscription): boolean {
  if (row.trial_settings?.end_behavior.missing_payment_method !== 'pause') return false;
  const customer = world.tables.customers.get(row.customer);
  return !customer || !methodToCharge(world, customer, row);
}

/** A trial that is ended by hand, without a card, pauses like one that runs out. */
function pausedAfterTrial(world: World, was: Subscription, changed: Subscription): Subscription {
  const { trial_end } = changed;
  const paused = save(world, { ...was, trial_end, status: 'paused' });
  emit(world, 'customer.subscription.paused', paused);
  return paused;
}

function save(world: World, row: Subscription): Subscription {
  return change(world, world.tables.subscriptions, row.id, row, 'customer.subscription.updated');
}

/** A list of discounts replaces the one there was; those named by their own id stay. */
function withDiscounts(world: World, row: Subscription, params: Given): Subscription {
  const { coupon, promotion_code } = params;
  const older = coupon || promotion_code ? [{ coupon, promotion_code }] : undefined;
  const given = coupon === '' || promotion_code === '' ? '' : (older ?? params.discounts);
  if (given === undefined) return row;
  const basket = basketOf(world, row.customer, row.currency, row.items.data);
  const owner = { customer: row.customer, subscription: row.id };
  const discounts = (given || []).map((each, index) =>
    'discount' in each && each.discount && row.discounts.includes(each.discount)
      ? each.discount
      : redeem(world, owner, redeemable(world, named(each), `discounts[${index}]`, basket), null).id
  );
  for (const id of row.discounts) {
    const gone = world.tables.discounts.get(id);
    if (gone && !discounts.includes(id)) emit(world, 'customer.discount.deleted', gone);
  }
  return { ...row, discounts };
}

/** The parameter without what it does not say. */
export function named(given: { coupon?: string | undefined; promotion_code?: string | undefined }) {
  return {
    ...(given.coupon ? { coupon: given.coupon } : {}),
    ...(given.promotion_code ? { promotion_code: given.promotion_code } : {}),
  };
}

/** What a subscription's items cost, for a code to be checked against. */
export function basketOf(
  world: World,
  customer: string,
  currency: string,
  items: { price: Price; quantity?: number }[]
): Basket {
  return {
    customer,
    currency,
    amount: items.reduce(
      (sum, { price, quantity = 1 }) => sum + priceAmount(world, price, quantity, currency),
      0
    ),
    products: items.map(({ price }) => price.product),
  };
}

function proration(given: string | undefined): Proration {
  return given === 'none' || given === 'always_invoice' ? given : 'create_prorations';
}
