import type { AnyObject, CheckoutSession, Invoice, Subscription } from '../types';

/** Seconds before a trial's end at which `trial_will_end` is sent (three days). */
export const trialNotice = 3 * 86_400;
/** Seconds an `incomplete` subscription waits for its first payment. */
export const incompleteLife = 23 * 3600;

interface DueAt {
  at: number | null;
  testClock: string | null;
}

/** When the next thing happens to an object by itself; `undefined` for kinds that just lie there. */
export function dueAt(row: AnyObject, reminders: Set<string>): DueAt | undefined {
  if (isSubscription(row)) {
    return { at: subscriptionDue(row, reminders), testClock: row.test_clock };
  }
  if (isInvoice(row)) return { at: invoiceDue(row), testClock: row.test_clock };
  if (isSession(row)) return { at: row.status === 'open' ? row.expires_at : null, testClock: null };
  return undefined;
}

function subscriptionDue(subscription: Subscription, reminders: Set<string>): number | null {
  const { status, trial_end, cancel_at, pause_collection } = subscription;
  if (status === 'canceled' || status === 'incomplete_expired') return null;
  if (status === 'incomplete') return subscription.created + incompleteLife;
  const moments = status === 'paused' ? [] : [periodEnd(subscription)];
  if (cancel_at !== null) moments.push(cancel_at);
  if (pause_collection?.resumes_at) moments.push(pause_collection.resumes_at);
  if (status === 'trialing' && trial_end && !reminders.has(trialReminder(subscription))) {
    moments.push(Math.max(trial_end - trialNotice, subscription.created));
  }
  return moments.length > 0 ? Math.min(...moments) : null;
}

/** The key under which a trial's notice is remembered: a moved trial end gets a new one. */
export function trialReminder({ id, trial_end }: Subscription): string {
  return `trial_will_end:${id}:${trial_end}`;
}

/** The end of the period the items are in; items of one interval share it. */
export function periodEnd(subscription: Subscription): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_end));
}

function invoiceDue(invoice: Invoice): number | null {
  if (invoice.status === 'draft' && invoice.auto_advance) return invoice.automatically_finalizes_at;
  return invoice.status === 'open' ? invoice.next_payment_attempt : null;
}

export function isSubscription(row: AnyObject): row is Subscription {
  return row.object === 'subscription';
}

export function isInvoice(row: AnyObject): row is Invoice {
  return row.object === 'invoice';
}

export function isSession(row: AnyObject): row is CheckoutSession {
  return row.object === 'checkout.session';
}
