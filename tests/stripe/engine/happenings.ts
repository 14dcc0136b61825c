import { change, emit } from '../events/record';
import type { CheckoutSession, Invoice, Subscription, SubscriptionSchedule } from '../types';
import type { World } from '../world';
import { cancelNow } from './cancel';
import { collect } from './collect';
import {
  expiringReminder,
  incompleteLife,
  overdueReminder,
  periodEnd,
  trialNotice,
  trialReminder,
  upcomingAt,
  upcomingReminder,
} from './due';
import { finalizeInvoice, invoiceNow, subscriptionOf, voidInvoice } from './invoices';
import { debitAnswered } from './outcomes';
import { expireUpdate } from './pending-updates';
import { pauseAfterTrial, renew, trialEndsWithoutCard } from './renew';
import { phaseEnds } from './schedules';
import { announce } from './upcoming';

/** Does what is due now to the object an agenda entry names (`subscription:sub_…`). */
export function happen(world: World, key: string): void {
  const [kind, id] = splitKey(key);
  const { subscriptions, invoices, checkoutSessions, paymentIntents, subscriptionSchedules } =
    world.tables;
  if (kind === 'subscription') {
    const row = subscriptions.get(id);
    if (row) subscriptionHappens(world, row);
    const after = subscriptions.get(id);
    if (after) subscriptions.put(after);
  } else if (kind === 'invoice') {
    const row = invoices.get(id);
    if (row) invoiceHappens(world, row);
  } else if (kind === 'payment_intent') {
    const row = paymentIntents.get(id);
    if (row?.status === 'processing') debitAnswered(world, row);
  } else if (kind === 'subscription_schedule') {
    const row = subscriptionSchedules.get(id);
    if (row) scheduleHappens(world, row);
  } else if (kind === 'checkout.session') {
    const row = checkoutSessions.get(id);
    if (row?.status === 'open') expireSession(world, row);
  }
}

/** Closes an open Checkout Session. */
export function expireSession(world: World, session: CheckoutSession): CheckoutSession {
  const expired = change(world, world.tables.checkoutSessions, session.id, {
    status: 'expired',
    url: null,
  });
  world.checkoutPlans.delete(session.id);
  emit(world, 'checkout.session.expired', expired);
  return expired;
}

function subscriptionHappens(world: World, subscription: Subscription): void {
  const now = world.now(subscription.test_clock);
  const { status, cancel_at, trial_end, pause_collection } = subscription;
  if (status === 'incomplete') {
    if (subscription.created + incompleteLife <= now) expireIncomplete(world, subscription);
    return;
  }
  if (cancel_at !== null && cancel_at <= now) {
    cancelNow(world, subscription, {});
    return;
  }
  if (pause_collection?.resumes_at && pause_collection.resumes_at <= now) {
    change(
      world,
      world.tables.subscriptions,
      subscription.id,
      { pause_collection: null },
      'customer.subscription.updated'
    );
    return;
  }
  if (status !== 'paused' && periodEnd(subscription) <= now) {
    periodEnds(world, subscription);
    return;
  }
  if (subscription.pending_update && subscription.pending_update.expires_at <= now) {
    expireUpdate(world, subscription);
    return;
  }
  const notice = upcomingReminder(subscription);
  const announced = upcomingAt(subscription, world.settings.upcomingDays * 86_400);
  if (announced !== null && announced <= now && !world.reminders.has(notice)) {
    world.reminders.add(notice);
    announce(world, subscription);
    return;
  }
  if (status === 'trialing' && trial_end && trial_end - trialNotice <= now) {
    world.reminders.add(trialReminder(subscription));
    emit(world, 'customer.subscription.trial_will_end', subscription);
  }
}

function scheduleHappens(world: World, schedule: SubscriptionSchedule): void {
  const now = world.now(schedule.test_clock);
  if ((scheduleEnds(schedule) ?? Infinity) <= now) {
    phaseEnds(world, schedule);
    return;
  }
  const notice = expiringReminder(schedule);
  if (schedule.status !== 'active' || world.reminders.has(notice)) return;
  world.reminders.add(notice);
  emit(world, 'subscription_schedule.expiring', schedule);
  world.tables.subscriptionSchedules.put(schedule);
}

/** When a schedule moves on by itself. */
function scheduleEnds(schedule: SubscriptionSchedule): number | undefined {
  if (schedule.status === 'not_started') return schedule.phases[0]?.start_date;
  return schedule.status === 'active' ? schedule.current_phase?.end_date : undefined;
}

function periodEnds(world: World, before: Subscription): void {
  // A phase that ends with the period says what is renewed.
  const schedule = world.tables.subscriptionSchedules.get(before.schedule ?? '');
  if (schedule && (scheduleEnds(schedule) ?? Infinity) <= world.now(before.test_clock)) {
    phaseEnds(world, schedule);
  }
  const subscription = world.tables.subscriptions.get(before.id) ?? before;
  if (subscription.ended_at !== null) return;
  if (subscription.cancel_at_period_end) {
    cancelNow(world, subscription, {});
  } else if (trialEndsWithoutCard(world, subscription)) {
    const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
    if (behavior === 'pause') pauseAfterTrial(world, subscription);
    else cancelNow(world, subscription, {});
  } else {
    renew(world, subscription);
  }
}

/** Nobody paid the first invoice within a day: it is voided and the subscription is over. */
function expireIncomplete(world: World, subscription: Subscription): void {
  if (subscription.latest_invoice) voidInvoice(world, subscription.latest_invoice);
  const now = world.now(subscription.test_clock);
  change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'incomplete_expired', ended_at: now, canceled_at: now },
    'customer.subscription.updated'
  );
}

/** A subscription whose invoice was sent and not paid in time is past due. */
function overdue(world: World, invoice: Invoice): void {
  const subscription = subscriptionOf(world, invoice);
  if (subscription?.status !== 'active') return;
  change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'past_due' },
    'customer.subscription.updated'
  );
}

function invoiceHappens(world: World, invoice: Invoice): void {
  const { invoices } = world.tables;
  if (invoice.status === 'draft') finalizeInvoice(world, invoice.id);
  if (invoiceNow(world, invoice.id).status !== 'open') return;
  const open = invoiceNow(world, invoice.id);
  const now = world.now(invoice.test_clock);
  if (
    open.due_date !== null &&
    open.due_date <= now &&
    !world.reminders.has(overdueReminder(open))
  ) {
    world.reminders.add(overdueReminder(open));
    emit(world, 'invoice.overdue', open);
    overdue(world, open);
    invoices.put(open);
    return;
  }
  if (open.collection_method === 'send_invoice') return;
  const subscription = subscriptionOf(world, invoice);
  if (subscription?.pause_collection) return;
  collect(world, invoice.id);
}

function splitKey(key: string): [string, string] {
  const at = key.lastIndexOf(':');
  return [key.slice(0, at), key.slice(at + 1)];
}
