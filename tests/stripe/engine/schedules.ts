import { change as put, emit } from '../events/record';
import { invalid } from '../http/errors';
import { scheduledChanges, type Phase } from '../resources/schedule-building';
import { itemsAfter } from '../resources/subscription-items-param';
import { updateSubscription } from '../resources/subscription-update';
import type { Subscription, SubscriptionSchedule } from '../types';
import type { World } from '../world';
import { cancelNow } from './cancel';
import { redeemable } from './discounts';
import { itemList, subscribe } from './subscribe';

/** A phase begins: its subscription is made, or changed to what the phase says. */
export function enterPhase(
  world: World,
  schedule: SubscriptionSchedule,
  index: number
): SubscriptionSchedule {
  const phase = schedule.phases[index];
  if (!phase) throw new Error(`No phase ${index} of ${schedule.id}`);
  const subscription = schedule.subscription ?? start(world, schedule, phase);
  const row = world.tables.subscriptions.get(subscription);
  if (row && schedule.subscription) moveOn(world, row, phase);
  const { start_date, end_date } = phase;
  return put(
    world,
    world.tables.subscriptionSchedules,
    schedule.id,
    { current_phase: { start_date, end_date }, status: 'active', subscription },
    'subscription_schedule.updated'
  );
}

/** At the end of a period the renewal that follows bills the phase; before it, time is prorated. */
function moveOn(world: World, row: Subscription, phase: Phase): void {
  const { items = [], proration_behavior, ...rest } = scheduledChanges(row, phase);
  const now = world.now(row.test_clock);
  if (row.items.data.some((item) => item.current_period_end > now)) {
    updateSubscription(world, row, {
      ...rest,
      items,
      ...(proration_behavior ? { proration_behavior } : {}),
    });
    return;
  }
  const changed = updateSubscription(world, row, rest);
  const wanted = itemList(row.id, itemsAfter(world, changed, items));
  put(
    world,
    world.tables.subscriptions,
    row.id,
    { items: wanted },
    'customer.subscription.updated'
  );
}

function start(world: World, schedule: SubscriptionSchedule, phase: Phase): string {
  const customer = world.tables.customers.get(schedule.customer);
  if (!customer) throw invalid(`No such customer: '${schedule.customer}'`, 'customer');
  const items = phase.items.flatMap((item) => {
    const price = world.tables.prices.get(item.price);
    return price ? [{ price, quantity: item.quantity ?? 1, metadata: item.metadata ?? {} }] : [];
  });
  const { subscription } = subscribe(world, {
    customer,
    items,
    currency: phase.currency,
    metadata: phase.metadata ?? {},
    defaultPaymentMethod:
      phase.default_payment_method ?? schedule.default_settings.default_payment_method,
    trialEnd: phase.trial_end,
    discounts: phase.discounts.map(({ coupon, promotion_code: code }) =>
      redeemable(world, code ? { promotion_code: code } : { coupon: coupon ?? '' }, 'discounts')
    ),
    schedule: schedule.id,
    // The first invoice of a schedule waits like a renewal's.
    collectNow: true,
  });
  return subscription.id;
}

/** The running phase is over: the next one, or the schedule's end. */
export function phaseEnds(world: World, schedule: SubscriptionSchedule): void {
  if (schedule.status === 'not_started') {
    enterPhase(world, schedule, 0);
    return;
  }
  const ended = schedule.phases.findIndex(
    (phase) => phase.start_date === schedule.current_phase?.start_date
  );
  const following = ended + 1;
  if (following < schedule.phases.length) {
    enterPhase(world, schedule, following);
    return;
  }
  const subscription = world.tables.subscriptions.get(schedule.subscription ?? '');
  if (schedule.end_behavior !== 'cancel') {
    finishSchedule(world, schedule, 'completed');
    return;
  }
  finishSchedule(world, schedule, 'completed');
  const row = subscription && world.tables.subscriptions.get(subscription.id);
  if (row && row.ended_at === null) cancelNow(world, row, {});
}

/** The schedule lets go of its subscription, which runs on by itself. */
export function finishSchedule(
  world: World,
  schedule: SubscriptionSchedule,
  status: 'canceled' | 'completed' | 'released'
): SubscriptionSchedule {
  const now = world.now(schedule.test_clock);
  const { subscription } = schedule;
  const lets = subscription && world.tables.subscriptions.get(subscription)?.ended_at === null;
  if (lets) {
    put(
      world,
      world.tables.subscriptions,
      subscription,
      { schedule: null },
      'customer.subscription.updated'
    );
  }
  const releases = status === 'released';
  const done = put(world, world.tables.subscriptionSchedules, schedule.id, {
    status,
    current_phase: null,
    ...(status === 'canceled' ? { canceled_at: now } : {}),
    ...(status === 'completed' ? { completed_at: now } : {}),
    ...(releases
      ? { released_at: now, released_subscription: subscription, subscription: null }
      : {}),
  });
  emit(world, `subscription_schedule.${status}`, done);
  return done;
}

/** The subscription of a schedule ended in another way: the schedule is aborted with it. */
export function abortSchedule(world: World, id: string): void {
  const schedule = world.tables.subscriptionSchedules.get(id);
  if (schedule?.status !== 'active') return;
  const done = put(world, world.tables.subscriptionSchedules, id, {
    status: 'canceled',
    canceled_at: world.now(schedule.test_clock),
    current_phase: null,
  });
  emit(world, 'subscription_schedule.aborted', done);
}
