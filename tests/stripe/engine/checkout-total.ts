import { change } from '../events/record';
import { invalid } from '../http/errors';
import type { CheckoutSession, Coupon } from '../types';
import type { World } from '../world';
import type { CheckoutPlan } from './checkout-plan';
import { amountOff, codeTyped, type Basket, type Redeemable } from './discounts';
import { priceAmount } from './price-amount';

type Totals = Pick<
  CheckoutSession,
  'amount_subtotal' | 'amount_total' | 'discounts' | 'total_details'
>;

/** What is due today, in minor units: recurring items of a trial are free, discounts come off. */
export function totalsOf(world: World, plan: CheckoutPlan): Totals {
  const trial = plan.subscription.trialDays !== null || plan.subscription.trialEnd !== null;
  const subtotal = plan.items.reduce((sum, { price, quantity }) => {
    const free = trial && price.recurring !== null;
    return sum + (free ? 0 : priceAmount(world, price, quantity, plan.currency));
  }, 0);
  const total = plan.discounts.reduce(
    (left, each) => left - takenOff(world, each, left, plan),
    subtotal
  );
  return {
    amount_subtotal: subtotal,
    amount_total: total,
    discounts: plan.discounts.map(({ coupon, promotionCode }) => ({
      coupon: promotionCode ? null : coupon.id,
      promotion_code: promotionCode?.id ?? null,
    })),
    total_details: { amount_discount: subtotal - total, amount_shipping: 0, amount_tax: 0 },
  };
}

function takenOff(
  world: World,
  { coupon }: Redeemable,
  amount: number,
  plan: CheckoutPlan
): number {
  const within = Math.min(amount, discountable(world, coupon, plan));
  if (coupon.percent_off !== null) return Math.round((within * coupon.percent_off) / 100);
  return Math.min(amountOff(world, coupon, plan.currency) ?? 0, within);
}

/** What a coupon can be taken off: all of it, or the products it is for. */
function discountable(world: World, coupon: Coupon, plan: CheckoutPlan): number {
  const products = world.couponDetails.get(coupon.id)?.products;
  return plan.items
    .filter(({ price }) => !products || products.includes(price.product))
    .reduce(
      (sum, { price, quantity }) => sum + priceAmount(world, price, quantity, plan.currency),
      0
    );
}

/** What is bought, for a code to be checked against. */
export function basketOf(world: World, plan: CheckoutPlan, customer: string | null): Basket {
  return {
    customer,
    currency: plan.currency,
    amount: totalsOf(world, { ...plan, discounts: [] }).amount_subtotal ?? 0,
    products: plan.items.map(({ price }) => price.product),
  };
}

/** The visitor types a promotion code on the Checkout page. */
export function applyCode(world: World, session: CheckoutSession, code: string): CheckoutSession {
  const plan = world.checkoutPlans.get(session.id);
  if (!plan || !session.allow_promotion_codes) {
    throw invalid('This Checkout Session takes no promotion codes.', 'promotion_code');
  }
  const basket = basketOf(world, plan, session.customer);
  const withCode = { ...plan, discounts: [codeTyped(world, code, basket)] };
  world.checkoutPlans.set(session.id, withCode);
  return change(world, world.tables.checkoutSessions, session.id, totalsOf(world, withCode));
}
