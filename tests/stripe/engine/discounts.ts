import { change, create, emit } from '../events/record';
import { invalid, noSuch } from '../http/errors';
import { newId } from '../store/ids';
import type { Coupon, Discount, PromotionCode, Subscription } from '../types';
import { need, type World } from '../world';
import { boundary } from './calendar';
import type { LineDraft } from './invoice-lines';

/** What Stripe knows of a coupon and only shows when it is asked for. */
export interface CouponDetails {
  /** The products it is for; absent when it is for all. */
  products: string[] | undefined;
  currency_options: Record<string, { amount_off: number }>;
}

/** A coupon to be used, and the code it came by. */
export interface Redeemable {
  coupon: Coupon;
  promotionCode: PromotionCode | null;
}

/** What is bought with a coupon, as far as it is known when the coupon is named. */
export interface Basket {
  customer: string | null;
  currency: string;
  /** Minor units. */
  amount: number;
  products: string[];
}

/** What a parameter's `coupon` or `promotion_code` stands for, or Stripe's refusal of it. */
export function redeemable(
  world: World,
  given: { coupon?: string; promotion_code?: string },
  param: string,
  basket?: Basket
): Redeemable {
  const promotionCode = given.promotion_code
    ? need(world, (t) => t.promotionCodes, given.promotion_code, `${param}[promotion_code]`)
    : null;
  const id = promotionCode?.promotion.coupon ?? given.coupon;
  if (!id) throw invalid('A discount needs a coupon or a promotion code.', param);
  const coupon = need(world, (t) => t.coupons, id, `${param}[coupon]`);
  if (promotionCode) checkCode(world, promotionCode, `${param}[promotion_code]`, basket);
  if (!isValid(world, coupon)) {
    throw invalid(`Coupon expired: ${id}`, `${param}[coupon]`, 'coupon_expired');
  }
  if (basket) checkCoupon(world, coupon, `${param}[coupon]`, basket);
  return { coupon, promotionCode };
}

/** The active promotion code a visitor typed, in any case. */
export function codeTyped(world: World, code: string, basket: Basket): Redeemable {
  const found = world.tables.promotionCodes.filter(
    (row) => row.code.toLowerCase() === code.toLowerCase() && usableCode(world, row)
  )[0];
  if (!found) throw noSuch('promotion code', code, 'promotion_code');
  return redeemable(world, { promotion_code: found.id }, 'discounts[0]', basket);
}

/** https://docs.stripe.com/billing/subscriptions/coupons#promotion-codes */
function checkCode(
  world: World,
  code: PromotionCode,
  param: string,
  basket: Basket | undefined
): void {
  if (!usableCode(world, code)) throw invalid('This promotion code is not active.', param);
  if (!basket) return;
  if (code.customer !== null && code.customer !== basket.customer) {
    throw invalid('This promotion code cannot be redeemed by this customer.', param);
  }
  const { first_time_transaction, minimum_amount, minimum_amount_currency } = code.restrictions;
  if (first_time_transaction && basket.customer && hasPaid(world, basket.customer)) {
    throw invalid(
      'This promotion code cannot be redeemed because the associated customer has prior transactions.',
      param
    );
  }
  const minimum =
    minimum_amount_currency === basket.currency
      ? minimum_amount
      : (code.restrictions.currency_options?.[basket.currency]?.minimum_amount ?? null);
  if (minimum !== null && basket.amount < minimum) {
    throw invalid(
      'This promotion code cannot be redeemed because the order is below its minimum amount.',
      param
    );
  }
}

function hasPaid(world: World, customer: string): boolean {
  const { invoices, charges } = world.tables;
  return (
    charges.filter((row) => row.customer === customer && row.paid).length > 0 ||
    invoices.filter((row) => row.customer === customer && row.status === 'paid').length > 0
  );
}

function checkCoupon(world: World, coupon: Coupon, param: string, basket: Basket): void {
  const details = world.couponDetails.get(coupon.id);
  const { products, currency_options: options = {} } = details ?? {};
  if (products && !products.some((each) => basket.products.includes(each))) {
    throw invalid(
      'This coupon cannot be redeemed because it does not apply to anything in this order.',
      param
    );
  }
  const known = coupon.amount_off === null || coupon.currency === basket.currency;
  if (!known && !options[basket.currency]) {
    throw invalid(
      `The coupon cannot be applied because it is in ${coupon.currency}, not in ${basket.currency}.`,
      param
    );
  }
}

/** Whether a coupon can still be redeemed (its `valid`). */
export function isValid(world: World, coupon: Coupon): boolean {
  if (coupon.redeem_by !== null && coupon.redeem_by <= world.now()) return false;
  return coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions;
}

/** Puts a discount on a subscription or a customer and counts the redemption. */
export function redeem(
  world: World,
  owner: { customer: string; subscription: string | null },
  { coupon, promotionCode }: Redeemable,
  session: string | null,
  quietly = false
): Discount {
  const start = world.now(world.tables.customers.get(owner.customer)?.test_clock ?? null);
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
      customer: owner.customer,
      customer_account: null,
      end: months === null ? null : boundary(start, 'month', 1, months),
      invoice: null,
      invoice_item: null,
      promotion_code: promotionCode?.id ?? null,
      source: { coupon: coupon.id, type: 'coupon' },
      start,
      subscription: owner.subscription,
      subscription_item: null,
    },
    quietly ? undefined : 'customer.discount.created'
  );
}

export interface Discounted {
  lines: LineDraft[];
  /** Minor units, by discount. */
  totals: { amount: number; discount: string }[];
}

/** What a coupon takes off in a currency; `null` for one by percent, or of another currency. */
export function amountOff(world: World, coupon: Coupon, currency: string): number | null {
  if (coupon.amount_off === null) return null;
  if (coupon.currency === currency) return coupon.amount_off;
  return world.couponDetails.get(coupon.id)?.currency_options[currency]?.amount_off ?? 0;
}

function appliesTo(world: World, coupon: Coupon, line: LineDraft): boolean {
  const products = world.couponDetails.get(coupon.id)?.products;
  if (!products) return true;
  const product = line.pricing?.price_details?.product;
  return product !== undefined && products.includes(product);
}

/** Takes the discounts off the lines that can be discounted, one after the other. */
export function discountLines(
  world: World,
  discounts: string[],
  currency: string,
  lines: LineDraft[]
): Discounted {
  const totals: Discounted['totals'] = [];
  let left: LineDraft[] = lines.map((line) => ({ ...line, discount_amounts: [] }));
  for (const discount of discounts) {
    const coupon = couponOf(world, discount);
    if (!coupon) continue;
    let budget = amountOff(world, coupon, currency) ?? Infinity;
    let amount = 0;
    left = left.map((line) => {
      if (!line.discountable || line.amount <= 0 || !appliesTo(world, coupon, line)) return line;
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
