import { change, create, emit } from '../events/record';
import { invalid, noSuch } from '../http/errors';
import { newId } from '../store/ids';
import type { Coupon, Discount, PromotionCode, Subscription } from '../types';
import { need, type World } from '../world';
import { boundary } from './calendar';
import type { LineDraft } from './invoice-lines';

/** A coupon to be used, and the code it came by. */
export interface Redeemable {
  coupon: Coupon;
  promotionCode: PromotionCode | null;
}

/** What a parameter's `coupon` or `promotion_code` stands for, or Stripe's refusal of it. */
export function redeemable(
  world: World,
  given: { coupon?: string; promotion_code?: string },
  param: string
): Redeemable {
  const promotionCode = given.promotion_code
    ? need(world, (t) => t.promotionCodes, given.promotion_code, `${param}[promotion_code]`)
    : null;
  const id = promotionCode?.promotion.coupon ?? given.coupon;
  if (!id) throw invalid('A discount needs a coupon or a promotion code.', param);
  const coupon = need(world, (t) => t.coupons, id, `${param}[coupon]`);
  if (promotionCode && !usableCode(world, promotionCode)) {
    throw invalid('This promotion code is not active.', `${param}[promotion_code]`);
  }
  if (!isValid(world, coupon)) {
    throw invalid(`Coupon expired: ${id}`, `${param}[coupon]`, 'coupon_expired');
  }
  return { coupon, promotionCode };
}

/** The active promotion code a visitor typed, in any case. */
export function codeTyped(world: World, code: string): Redeemable {
  const found = world.tables.promotionCodes.filter(
    (row) => row.code.toLowerCase() === code.toLowerCase() && usableCode(world, row)
  )[0];
  if (!found) throw noSuch('promotion code', code, 'promotion_code');
  return redeemable(world, { promotion_code: found.id }, 'discounts[0]');
}

/** Whether a coupon can still be redeemed (its `valid`). */
export function isValid(world: World, coupon: Coupon): boolean {
  if (coupon.redeem_by !== null && coupon.redeem_by <= world.now()) return false;
  return coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions;
}

/** Puts a discount on a subscription and counts the redemption. */
export function redeem(
  world: World,
  subscription: Subscription,
  { coupon, promotionCode }: Redeemable,
  session: string | null
): Discount {
  const start = world.now(subscription.test_clock);
  const months = coupon.duration === 'repeating' ? coupon.duration_in_months : null;
  const { coupons, promotionCodes, discounts } = world.tables;
  change(world, coupons, coupon.id, { times_redeemed: coupon.times_redeemed + 1 });
  if (promotionCode) {
    const times_redeemed = promotionCode.times_redeemed + 1;
    change(world, promotionCodes, promotionCode.id, { times_redeemed }, 'promotion_code.updated');
  }
  return create(
    world,
    discounts,
    {
      id: newId('di'),
      object: 'discount',
      checkout_session: session,
      customer: subscription.customer,
      customer_account: null,
      end: months === null ? null : boundary(start, 'month', 1, months),
      invoice: null,
      invoice_item: null,
      promotion_code: promotionCode?.id ?? null,
      source: { coupon: coupon.id, type: 'coupon' },
      start,
      subscription: subscription.id,
      subscription_item: null,
    },
    'customer.discount.created'
  );
}

export interface Discounted {
  lines: LineDraft[];
  /** Minor units, by discount. */
  totals: { amount: number; discount: string }[];
}

/** Takes the subscription's discounts off the lines that can be discounted, one after the other. */
export function discountLines(
  world: World,
  subscription: Subscription,
  lines: LineDraft[]
): Discounted {
  const totals: Discounted['totals'] = [];
  let left = lines;
  for (const discount of subscription.discounts) {
    const coupon = couponOf(world, discount);
    if (!coupon) continue;
    let budget = coupon.amount_off ?? Infinity;
    let amount = 0;
    left = left.map((line) => {
      if (!line.discountable || line.amount <= 0) return line;
      const taken = (line.discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0);
      const rest = line.amount - taken;
      const wanted =
        coupon.percent_off === null ? rest : Math.round((rest * coupon.percent_off) / 100);
      const off = Math.min(wanted, budget, rest);
      budget -= off;
      amount += off;
      const entry = { amount: off, discount };
      return { ...line, discount_amounts: [...(line.discount_amounts ?? []), entry] };
    });
    totals.push({ amount, discount });
  }
  return { lines: left, totals };
}

/** Discounts of a subscription that have run out by now, or were for one invoice and are used. */
export function dropUsed(
  world: World,
  subscription: Subscription,
  used: Discounted['totals']
): string[] {
  const now = world.now(subscription.test_clock);
  return subscription.discounts.filter((id) => {
    const discount = world.tables.discounts.get(id);
    const once = couponOf(world, id)?.duration === 'once';
    const spent = once && used.some((each) => each.discount === id && each.amount > 0);
    const over = discount?.end !== null && discount?.end !== undefined && discount.end <= now;
    if (discount && (spent || over)) {
      emit(world, 'customer.discount.deleted', discount);
    }
    return !spent && !over;
  });
}

function couponOf(world: World, discount: string): Coupon | undefined {
  const id = world.tables.discounts.get(discount)?.source.coupon;
  return id ? world.tables.coupons.get(id) : undefined;
}

function usableCode(world: World, code: PromotionCode): boolean {
  if (!code.active) return false;
  if (code.expires_at !== null && code.expires_at <= world.now()) return false;
  return code.max_redemptions === null || code.times_redeemed < code.max_redemptions;
}
