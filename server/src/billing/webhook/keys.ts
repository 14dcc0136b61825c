import { idOf, legacy } from '../readers/common';
import { subscriptionOf } from '../readers/invoice';

/** Reads a key off an event's object, of whatever API version; only ids are taken from it. */
type KeyReader = (object: object, previous: object | null) => string | null;

const nothing: KeyReader = () => null;

/** The id under a property, sent as an id or as the object. */
const ref =
  (...path: string[]): KeyReader =>
  (object) =>
    idOf(legacy(object, ...path));

/** The first of several that the object names. */
const first =
  (...readers: KeyReader[]): KeyReader =>
  (object, previous) =>
    readers.reduce<string | null>((key, read) => key ?? read(object, previous), null);

/** An id that may be any text, with its kind in front. */
const under =
  (kind: string): KeyReader =>
  (object) => {
    const id = idOf(object);
    return id === null ? null : `${kind}:${id}`;
  };

const before =
  (read: KeyReader): KeyReader =>
  (_, previous) =>
    previous && read(previous, null);

const own: KeyReader = idOf;
const customer = ref('customer');
const subscription = ref('subscription');
/** What was charged; a payment that never came to a charge is known by its intent. */
const charge = first(ref('charge'), ref('payment_intent'));

/**
 * Event families and the key each is worked off under; the first that fits counts, and an event of no
 * family is recorded and changes nothing. A key is the id of what is fetched (`sub_…`, `cs_…`, `in_…`,
 * `cus_…`, `ch_…` or `py_…`, `pi_…`, `promo_…`); where an owner may choose the id, its kind stands in
 * front (`product:…`, `price:…`, `coupon:…`). See `docs/webhooks.md`.
 */
export const KEYS: readonly (readonly [family: string, read: KeyReader])[] = [
  ['customer.subscription.*', own],
  // One that has not begun has none yet; one that was released names it elsewhere.
  ['subscription_schedule.*', first(subscription, ref('released_subscription'))],
  ['checkout.session.*', own],
  // An upcoming invoice has no id; a one-off invoice has no subscription.
  ['invoice.*', first(subscriptionOf, own)],
  ['invoice_payment.*', ref('invoice')],

  ['customer.discount.*', first(subscription, customer)],
  ['customer.source.*', customer],
  ['customer.tax_id.*', nothing],
  ['customer.*', own],
  // Once detached it names its customer no longer.
  ['payment_method.*', first(customer, before(customer))],

  ['charge.refunded', own],
  ['charge.refund.*', charge],
  ['charge.dispute.*', charge],
  ['refund.*', charge],
  ['radar.early_fraud_warning.*', charge],

  ['product.*', under('product')],
  ['price.*', under('price')],
  ['coupon.*', under('coupon')],
  ['promotion_code.*', own],
];
