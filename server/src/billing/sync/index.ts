import { syncCharge, syncIntent } from './charge';
import { syncCheckoutSession } from './checkout-session';
import type { Sync } from './context';
import { syncCustomer } from './customer';
import { syncInvoice } from './invoice';
import { syncCoupon, syncPromotionCode } from './offer';
import { syncPrice } from './price';
import { syncProduct } from './product';
import { syncSubscription } from './subscription';
import { ignore } from './record';

/** By how a key begins; see `webhook/keys.ts`. */
const SYNCS: Readonly<Record<string, Sync>> = {
  sub_: syncSubscription,
  cus_: syncCustomer,
  cs_: syncCheckoutSession,
  in_: syncInvoice,
  ch_: syncCharge,
  // A debit's charge.
  py_: syncCharge,
  pi_: syncIntent,
  'product:': syncProduct,
  'price:': syncPrice,
  'coupon:': syncCoupon,
  promo_: syncPromotionCode,
};

export const syncKey: Sync = async (context, key, follow) => {
  const prefix = Object.keys(SYNCS).find((start) => key.startsWith(start));
  const sync = (prefix && SYNCS[prefix]) || ignore;
  await sync(context, key, follow);
};
