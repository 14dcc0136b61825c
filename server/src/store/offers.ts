import type { Core } from '@strapi/strapi';
import type { CouponFacts, PromotionCodeFacts } from '../domain/promotion';
import type { Scope } from './known';
import { table } from './table';
import { toIsoOrNull } from './time';

/** An offer's columns, but for its id. */
export const couponData = (coupon: CouponFacts) => ({
  name: coupon.name,
  coupon: coupon.stripeId,
  percentOff: coupon.percentOff,
  amountOff: coupon.amountOff === null ? null : String(coupon.amountOff),
  currency: coupon.currency,
  duration: coupon.duration,
  durationInMonths: coupon.durationInMonths,
  maxRedemptions: coupon.maxRedemptions,
  timesRedeemed: coupon.timesRedeemed,
  expiresAt: toIsoOrNull(coupon.redeemBy),
  active: coupon.valid,
  appliesTo: coupon.products.length > 0 ? coupon.products : null,
});

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** @param coupon what the code stands for */
export const codeData = (code: PromotionCodeFacts, coupon: CouponFacts) => ({
  ...couponData(coupon),
  code: code.code,
  maxRedemptions: code.maxRedemptions,
  timesRedeemed: code.timesRedeemed,
  expiresAt: toIsoOrNull(earlier(code.expiresAt, coupon.redeemBy)),
  active: code.active && coupon.valid,
  customer: code.customer,
  restrictions: {
    firstTimeTransaction: code.firstTimeTransaction,
    minimumAmount: code.minimumAmount,
    minimumAmountCurrency: code.minimumAmountCurrency,
    minimums: code.minimums,
  },
});

export const hasOffer = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeId: string
): Promise<boolean> => (await table(strapi, 'offer').count({ where: { ...scope, stripeId } })) > 0;

const save = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeId: string,
  data: Record<string, unknown>
): Promise<void> => {
  const key = { ...scope, stripeId };
  const row = await table(strapi, 'offer').findOne({ where: key, select: ['id'] });
  if (row) await table(strapi, 'offer').update({ where: { id: row.id }, data });
  else await table(strapi, 'offer').create({ data: { ...key, ...data } });
};

/** Mirrors a coupon; its codes bear its name. */
export const saveCoupon = async (
  strapi: Core.Strapi,
  scope: Scope,
  coupon: CouponFacts
): Promise<void> => {
  await save(strapi, scope, coupon.stripeId, couponData(coupon));
  await table(strapi, 'offer').updateMany({
    where: { ...scope, coupon: coupon.stripeId },
    data: { name: coupon.name },
  });
};

export const saveCode = (
  strapi: Core.Strapi,
  scope: Scope,
  code: PromotionCodeFacts,
  coupon: CouponFacts
): Promise<void> => save(strapi, scope, code.stripeId, codeData(code, coupon));

/** A coupon that was deleted takes its codes with it; what they gave is kept. */
export const retireOffers = async (
  strapi: Core.Strapi,
  scope: Scope,
  which: { coupon: string } | { stripeId: string }
): Promise<void> => {
  await table(strapi, 'offer').updateMany({
    where: { ...scope, ...which },
    data: { active: false },
  });
};
