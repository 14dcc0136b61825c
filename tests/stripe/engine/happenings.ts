import { change, emit } from '../events/record';
import type { CheckoutSession, Invoice, Subscription } from '../types';
import type { World } from '../world';
import { cancelNow } from './cancel';
import { collect } from './collect';
import { incompleteLife, periodEnd, trialNotice, trialReminder } from './due';
import { finalizeInvoice, invoiceNow, subscriptionOf, voidInvoice } from './invoices';
import { pauseAfterTrial, renew, trialEndsWithoutCard } from './renew';

/** Does what is due now to the object an agenda entry names (`subscription:sub_…`). */
export function happen(world: World, key: string): void {
  const [kind, id] = splitKey(key);
  const { subscriptions, invoices, checkoutSessions } = world.tables;
  if (kind === 'subscription') {
    const row = subscriptions.get(id);
    if (row) subscriptionHappens(world, row);
    const after = subscriptions.get(id);
    if (after) subscriptions.put(after);
  } else if (kind === 'invoice') {
    const row = invoices.get(id);
    if (row) invoiceHappens(world, row);
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
  if (status === 'trialing' && trial_end && trial_end - trialNotice <= now) {
    world.reminders.add(trialReminder(subscription));
    emit(world, 'customer.subscription.trial_will_end', subscription);
  }
}

function periodEnds(world: World, subscription: Subscription): void {
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

function invoiceHappens(world: World, invoice: Invoice): void {
  if (invoice.status === 'draft') finalizeInvoice(world, invoice.id);
  if (invoiceNow(world, invoice.id).status !== 'open') return;
  const subscription = subscriptionOf(world, invoice);
  if (subscription?.pause_collection) return;
  collect(world, invoice.id);
}

function splitKey(key: string): [string, string] {
  const at = key.lastIndexOf(':');
  return [key.slice(0, at), key.slice(at + 1)];
}
