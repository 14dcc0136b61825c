import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import type { CouponFacts } from '../../domain/promotion';
import {
  assertHeld,
  findTierOfProduct,
  hasOffer,
  markDone,
  retireOffers,
  saveCode,
  saveCoupon,
  transaction,
  type Scope,
} from '../../store';
import { fetchCoupon, withCoupon } from '../promotions/fetch';
import { unlessMissing } from '../stripe-errors';
import type { Sync, SyncContext } from './context';

/** A coupon for nothing but another site's products is none of ours. */
const isOurs = async (
  strapi: Core.Strapi,
  scope: Scope,
  { stripeId, products }: CouponFacts
): Promise<boolean> => {
  if (products.length === 0 || (await hasOffer(strapi, scope, stripeId))) return true;
  for (const product of products) {
    if (await findTierOfProduct(strapi, scope, product)) return true;
  }
  return false;
};

/** @param write null: nothing of ours */
const finish = (
  { strapi, lease, batch }: SyncContext,
  write: (() => Promise<void>) | null
): Promise<void> =>
  transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    await write?.();
    await markDone(strapi, batch, write ? 'done' : 'ignored');
  });

/** Makes the mirror of a coupon what Stripe says now; one that was deleted stays, and is not active. */
export const syncCoupon: Sync = async (context, key) => {
  const { strapi, stripe, scope } = context;
  const id = key.slice('coupon:'.length);
  const coupon = await fetchCoupon(stripe.client(), id);
  if (!coupon) return finish(context, () => retireOffers(strapi, scope, { coupon: id }));
  const ours = await isOurs(strapi, scope, coupon);
  return finish(context, ours ? () => saveCoupon(strapi, scope, coupon) : null);
};

const fetchCode = async (client: Stripe, id: string) => {
  const code = await unlessMissing(client.promotionCodes.retrieve(id));
  return code && unlessMissing(withCoupon(client, code));
};

/**
 * Makes the mirror of a promotion code what Stripe says now. Its coupon counts a redemption without
 * saying so: it is looked at too, under its own key.
 */
export const syncPromotionCode: Sync = async (context, id, follow) => {
  const { strapi, stripe, scope } = context;
  const code = await fetchCode(stripe.client(), id);
  const coupon = code?.coupon;
  if (!coupon) return finish(context, () => retireOffers(strapi, scope, { stripeId: id }));
  if (!(await isOurs(strapi, scope, coupon))) return finish(context, null);
  await follow(`coupon:${coupon.stripeId}`);
  return finish(context, () => saveCode(strapi, scope, code, coupon));
};
