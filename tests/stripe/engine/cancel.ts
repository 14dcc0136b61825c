import { change, emit } from '../events/record';
import type { Subscription } from '../types';
import type { World } from '../world';
import { subscriptionOf } from './invoices';
import { abortSchedule } from './schedules';

type Details = NonNullable<Subscription['cancellation_details']>;

/** Nobody has said anything about an end. */
export const noCancellation: Details = {
  comment: null,
  feedback: null,
  feedback_option: null,
  reason: null,
};

/**
 * Ends a subscription now and records `customer.subscription.deleted`. Stripe stops collecting
 * its open invoices (https://docs.stripe.com/billing/subscriptions/cancel).
 */
export function cancelNow(
  world: World,
  subscription: Subscription,
  details: Partial<Details>
): Subscription {
  const now = world.now(subscription.test_clock);
  const before = subscription.cancellation_details ?? noCancellation;
  const ended = change(world, world.tables.subscriptions, subscription.id, {
    status: subscription.status === 'incomplete' ? 'incomplete_expired' : 'canceled',
    canceled_at: subscription.canceled_at ?? now,
    ended_at: now,
    pause_collection: null,
    cancellation_details: { ...before, ...details, reason: details.reason ?? before.reason },
  });
  emit(world, 'customer.subscription.deleted', ended);
  stopCollecting(world, ended);
  if (ended.schedule) abortSchedule(world, ended.schedule);
  return ended;
}

function stopCollecting(world: World, subscription: Subscription): void {
  for (const invoice of world.tables.invoices.all()) {
    const waits = invoice.status === 'open' || invoice.status === 'draft';
    if (!waits || subscriptionOf(world, invoice)?.id !== subscription.id) continue;
    change(
      world,
      world.tables.invoices,
      invoice.id,
      { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null },
      'invoice.updated'
    );
  }
}
