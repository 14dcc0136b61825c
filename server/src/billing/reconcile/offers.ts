import type Stripe from 'stripe';
import {
  codeData,
  couponData,
  mirrored,
  ownProducts,
  type Drift,
  type OfferRow,
} from '../../store';
import { idOf } from '../readers/common';
import { couponOf, readCoupon, readPromotionCode } from '../readers/promotion';
import { differencesOf, whole } from './differences';
import { listFrom, nextOf, type ReadPage, type WalkContext } from './walk';

const productsOf = (coupon: Stripe.Coupon): string[] =>
  (coupon.applies_to?.products ?? []).flatMap((product) => idOf(product) ?? []);

/** Which coupons are for something of ours, as `syncCoupon` decides it: for all products is ours too. */
const oursAmong = async (
  { strapi, scope }: WalkContext,
  coupons: readonly Stripe.Coupon[],
  known: ReadonlyMap<string, OfferRow>
): Promise<Set<string>> => {
  const products = await ownProducts(strapi, scope, [...new Set(coupons.flatMap(productsOf))]);
  const ours = coupons.filter((coupon) => {
    const its = productsOf(coupon);
    return its.length === 0 || known.has(coupon.id) || its.some((id) => products.has(id));
  });
  return new Set(ours.map(({ id }) => id));
};

const driftOf = (
  key: string,
  id: string,
  row: OfferRow | undefined,
  data: Readonly<Record<string, unknown>>
): Drift[] => {
  if (!row) return [{ key, kind: 'missing-here', fields: whole(id, null, data.name ?? id) }];
  const fields = differencesOf(id, row, data);
  return fields.length > 0 ? [{ key, kind: 'differs', fields }] : [];
};

export const readCoupons: ReadPage = async (context, after) => {
  const { strapi, stripe, scope, lookups } = context;
  const page = await stripe.client().coupons.list({
    ...listFrom(after),
    expand: ['data.applies_to', 'data.currency_options'],
  });
  const ids = page.data.map(({ id }) => id);
  const known = await mirrored(strapi, 'offer', scope, ids);
  const ours = await oursAmong(context, page.data, known);
  for (const coupon of page.data) lookups.noteCoupon(coupon);
  const drifts = page.data
    .filter(({ id }) => ours.has(id))
    .flatMap((coupon) =>
      driftOf(
        `coupon:${coupon.id}`,
        coupon.id,
        known.get(coupon.id),
        couponData(readCoupon(coupon))
      )
    );
  return { count: page.data.length, next: nextOf(page), drifts };
};

/** A promotion code with its coupon, which the phase before has met. */
export const readCodes: ReadPage = async (context, after) => {
  const { strapi, stripe, scope, lookups } = context;
  const page = await stripe.client().promotionCodes.list(listFrom(after));
  const ids = page.data.map(({ id }) => id);
  const coupons = page.data.flatMap((code) => couponOf(code) ?? []);
  const known = await mirrored(strapi, 'offer', scope, [...ids, ...coupons]);
  const found = new Map<string, Stripe.Coupon>();
  for (const id of new Set(coupons)) {
    const coupon = await lookups.coupon(id);
    if (coupon) found.set(id, coupon);
  }
  const ours = await oursAmong(context, [...found.values()], known);
  const drifts = page.data.flatMap((code): Drift[] => {
    const row = known.get(code.id);
    const coupon = found.get(couponOf(code) ?? '');
    if (!coupon) {
      // Of a coupon that was deleted: kept, and not active.
      return row?.active ? driftOf(code.id, code.id, row, { active: false }) : [];
    }
    if (!ours.has(coupon.id)) return [];
    const facts = readCoupon(coupon);
    return driftOf(code.id, code.id, row, codeData(readPromotionCode(code, facts), facts));
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
