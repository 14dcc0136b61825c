import type Stripe from 'stripe';
import type { Interval } from '../../../../contracts';
import { INTERVALS, type Terms } from '../../domain/terms';
import { idOf, legacy, numberOr, shortOrNull, stringOr } from './common';

const intervalOf = (value: unknown): Interval | undefined =>
  INTERVALS.find((interval) => interval === value);

/**
 * The terms of a Stripe price.
 *
 * @returns null for what our rows cannot say: tiers, usage, packages, an amount the buyer chooses or a
 *   fraction of a minor unit
 */
export const readTerms = (price: Stripe.Price): Terms | null => {
  const { unit_amount: amount, recurring } = price;
  if (typeof amount !== 'number' || typeof price.currency !== 'string') return null;
  if (price.billing_scheme === 'tiered' || price.transform_quantity) return null;
  if (recurring?.usage_type === 'metered') return null;
  const { currency } = price;
  if (!recurring) return { amount, currency, interval: null, intervalCount: 1 };
  const interval = intervalOf(recurring.interval);
  if (interval === undefined) return null;
  return { amount, currency, interval, intervalCount: numberOr(recurring.interval_count, 1) };
};

/** A price without terms of ours, in the words of its row. */
export const NOT_SOLD_HERE =
  'Stripe counts this price in a way that is not sold here (tiers, usage, packages or an open amount)';

/** A Stripe price as it is now. */
export interface PriceFacts {
  stripeId: string;
  active: boolean;
  nickname: string | null;
  currency: string;
  interval: Interval | null;
  /** null: it is not sold here. */
  terms: Terms | null;
  trialDays: number;
  /** documentId of the row it was made for. */
  made: string | null;
  /** The owner's own; null when there is none. */
  metadata: Record<string, string> | null;
}

export const readPrice = (price: Stripe.Price): PriceFacts => {
  const { price: made = null, ...metadata } = price.metadata ?? {};
  return {
    stripeId: idOf(price) ?? '',
    active: price.active === true,
    nickname: shortOrNull(price.nickname),
    currency: stringOr(price.currency, ''),
    interval: intervalOf(price.recurring?.interval) ?? null,
    terms: readTerms(price),
    trialDays: numberOr(legacy(price, 'recurring', 'trial_period_days'), 0),
    made,
    metadata: Object.keys(metadata).length > 0 ? metadata : null,
  };
};
