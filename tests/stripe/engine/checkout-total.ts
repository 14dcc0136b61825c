import { change } from '../events/record';
import { invalid } from '../http/errors';
import type { CheckoutSession } from '../types';
import type { World } from '../world';
import type { CheckoutPlan } from './checkout-plan';
import { codeTyped, type Redeemable } from './discounts';

type Totals = Pick<
  CheckoutSession,
  'amount_subtotal' | 'amount_total' | 'discounts' | 'total_details'
>;

/** What is due today, in minor units: recurring items of a trial are free, discounts come off. */
export function totalsOf(plan: CheckoutPlan): Totals {
  const trial = plan.subscription.trialDays !== null || plan.subscription.trialEnd !== null;
  const subtotal = plan.items.reduce((sum, { price, quantity }) => {
    const free = trial && price.recurring !== null;
    return sum + (free ? 0 : (price.unit_amount ?? 0) * quantity);
  }, 0);
  const total = plan.discounts.reduce((left, each) => left - takenOff(each, left), subtotal);
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

function takenOff({ coupon }: Redeemable, amount: number): number {
  if (coupon.percent_off !== null) return Math.round((amount * coupon.percent_off) / 100);
  return Math.min(coupon.amount_off ?? 0, amount);
}

/** The visitor types a promotion code on the Checkout page. */
export function applyCode(world: World, session: CheckoutSession, code: string): CheckoutSession {
  const plan = world.checkoutPlans.get(session.id);
  if (!plan || !session.allow_promotion_codes) {
    throw invalid('This Checkout Session takes no promotion codes.', 'promotion_code');
  }
  const withCode = { ...plan, discounts: [codeTyped(world, code)] };
  world.checkoutPlans.set(session.id, withCode);
  return change(world, world.tables.checkoutSessions, session.id, totalsOf(withCode));
}
