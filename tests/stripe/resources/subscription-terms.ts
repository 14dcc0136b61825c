import type Stripe from 'stripe';
import { missingParam } from '../http/errors';
import type { Stored, Subscription, TaxRate } from '../types';
import { need, type World } from '../world';

type Both = Stripe.SubscriptionCreateParams | Stripe.SubscriptionUpdateParams;
type Given = Pick<Stored<Both>, keyof Terms>;
type Terms = Pick<
  Subscription,
  | 'collection_method'
  | 'days_until_due'
  | 'default_tax_rates'
  | 'payment_settings'
  | 'pending_invoice_item_interval'
>;

/** How a subscription is billed: as it was, with what a call says. */
export function termsOf(world: World, was: Terms, given: Given): Terms {
  const method = given.collection_method ?? was.collection_method;
  const sent = method === 'send_invoice';
  const days = given.days_until_due ?? was.days_until_due;
  if (sent && days === null) throw missingParam('days_until_due');
  const interval = given.pending_invoice_item_interval;
  return {
    collection_method: method,
    days_until_due: sent ? days : null,
    default_tax_rates: taxRates(world, given.default_tax_rates) ?? was.default_tax_rates,
    payment_settings: paymentSettings(was.payment_settings, given.payment_settings),
    pending_invoice_item_interval:
      interval === undefined
        ? was.pending_invoice_item_interval
        : interval
          ? { interval: interval.interval, interval_count: interval.interval_count ?? 1 }
          : null,
  };
}

/** The rates a parameter names; undefined when it is not given. */
export function taxRates(
  world: World,
  ids: '' | string[] | null | undefined
): TaxRate[] | undefined {
  if (ids === undefined) return undefined;
  return (ids || []).map((id) => need(world, (tables) => tables.taxRates, id, 'default_tax_rates'));
}

function paymentSettings(
  was: Terms['payment_settings'],
  given: Given['payment_settings']
): Terms['payment_settings'] {
  if (!was || !given) return was;
  const { payment_method_types: types, save_default_payment_method: save } = given;
  return {
    ...was,
    ...(types === undefined ? {} : { payment_method_types: types || null }),
    ...(save ? { save_default_payment_method: save } : {}),
  };
}
