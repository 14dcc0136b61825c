import { boundary } from '../engine/calendar';
import { cycleOf } from '../engine/subscribe';
import { redeemable } from '../engine/discounts';
import { invalid, missingParam } from '../http/errors';
import type { Stored, Subscription, SubscriptionSchedule } from '../types';
import type { World } from '../world';
import type Stripe from 'stripe';
import { metadata } from './fields';
import { itemGiven, priceOf } from './subscription-items-param';
import type { updateSubscription } from './subscription-update';

export type Phase = SubscriptionSchedule['phases'][number];
type PhaseGiven = NonNullable<Stored<Stripe.SubscriptionScheduleUpdateParams>['phases']>[number];

/** The phases a call describes, one after the other from `start` (seconds). */
export function buildPhases(
  world: World,
  given: PhaseGiven[],
  start: number,
  currency: string | undefined
): Phase[] {
  let from = start;
  return given.map((phase, index) => {
    const param = `phases[${index}]`;
    const starts = typeof phase.start_date === 'number' ? phase.start_date : from;
    const items = phase.items.map((item, at) => ({
      price: priceOf(world, itemGiven(item), `${param}[items][${at}]`),
      quantity: item.quantity ?? 1,
      metadata: metadata(item.metadata),
    }));
    const [first] = items;
    if (!first) throw missingParam(`${param}[items]`);
    const ends = endOf(phase, starts, cycleOf(first.price));
    if (ends <= starts) {
      throw invalid('The end date of a phase must be after its start date.', `${param}[end_date]`);
    }
    from = ends;
    return {
      ...blankPhase,
      collection_method: phase.collection_method ?? null,
      currency: phase.currency ?? currency ?? first.price.currency,
      default_payment_method: phase.default_payment_method ?? null,
      description: phase.description ?? null,
      discounts: (phase.discounts || []).map((each, at) => {
        redeemable(world, each, `${param}[discounts][${at}]`);
        return {
          coupon: each.coupon ?? null,
          discount: each.discount ?? null,
          promotion_code: each.promotion_code ?? null,
        };
      }),
      end_date: ends,
      items: items.map(({ price, quantity, metadata: data }) => ({
        billing_thresholds: null,
        discounts: [],
        metadata: data,
        plan: price.id,
        price: price.id,
        quantity,
        tax_rates: [],
      })),
      metadata: metadata(phase.metadata),
      proration_behavior: phase.proration_behavior ?? 'create_prorations',
      start_date: starts,
      trial_end: trialEnd(phase, ends),
    };
  });
}

function endOf(
  phase: PhaseGiven,
  start: number,
  cycle: { interval: string; interval_count: number }
): number {
  if (typeof phase.end_date === 'number') return phase.end_date;
  const { interval, interval_count: count = 1 } = phase.duration ?? cycle;
  return boundary(start, interval, count, 1);
}

function trialEnd(phase: PhaseGiven, ends: number): number | null {
  if (phase.trial) return ends;
  return typeof phase.trial_end === 'number' ? phase.trial_end : null;
}

/** One phase that is what the subscription is today, until the end of its period. */
export function phaseOf(subscription: Subscription): Phase {
  const [first] = subscription.items.data;
  if (!first) throw new Error(`A subscription without items: ${subscription.id}`);
  return {
    ...blankPhase,
    currency: subscription.currency,
    default_payment_method: subscription.default_payment_method,
    discounts: subscription.discounts.map((discount) => ({
      coupon: null,
      discount,
      promotion_code: null,
    })),
    end_date: first.current_period_end,
    items: subscription.items.data.map(({ price, quantity = 1, metadata: data }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: data,
      plan: price.id,
      price: price.id,
      quantity,
      tax_rates: [],
    })),
    metadata: {},
    proration_behavior: 'create_prorations',
    start_date: first.current_period_start,
    trial_end: subscription.trial_end,
  };
}

/** What a subscription's update would say to enter a phase: all its items are replaced. */
export function scheduledChanges(
  subscription: Subscription,
  phase: Phase
): Parameters<typeof updateSubscription>[2] {
  const kept = subscription.items.data;
  const items = phase.items.map((item, index) => {
    const own = kept[index];
    return {
      ...(own ? { id: own.id } : {}),
      price: item.price,
      quantity: item.quantity ?? 1,
      ...(item.metadata ? { metadata: item.metadata } : {}),
    };
  });
  const gone = kept.slice(phase.items.length).map(({ id }) => ({ id, deleted: true }));
  const fresh = phase.discounts.filter((each) => each.discount === null);
  return {
    items: [...items, ...gone],
    proration_behavior: phase.proration_behavior,
    ...(phase.metadata && Object.keys(phase.metadata).length > 0
      ? { metadata: phase.metadata }
      : {}),
    ...(phase.default_payment_method
      ? { default_payment_method: phase.default_payment_method }
      : {}),
    ...(fresh.length > 0
      ? {
          discounts: fresh.map(({ coupon, promotion_code: code }) =>
            code ? { promotion_code: code } : { coupon: coupon ?? '' }
          ),
        }
      : {}),
    ...(phase.trial_end ? { trial_end: phase.trial_end } : {}),
    ...(phase.billing_cycle_anchor === 'phase_start'
      ? { billing_cycle_anchor: { type: 'now' as const } }
      : {}),
  };
}

const blankPhase = {
  add_invoice_items: [],
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  default_payment_method: null,
  default_tax_rates: [],
  description: null,
  invoice_settings: null,
  on_behalf_of: null,
  transfer_data: null,
};
