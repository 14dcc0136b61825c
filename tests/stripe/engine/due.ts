import type {
  AnyObject,
  CheckoutSession,
  Invoice,
  PaymentIntent,
  Subscription,
  SubscriptionSchedule,
} from '../types';

/** Seconds before a trial's end at which `trial_will_end` is sent (three days). */
export const trialNotice = 3 * 86_400;
/**
 * Seconds before a schedule's end at which `expiring` is sent. Stripe documents seven days; the
 * CLI's own recipe for the event waits for it nine days before.
 */
export const expiringNotice = 9 * 86_400;
/** Seconds an `incomplete` subscription waits for its first payment. */
export const incompleteLife = 23 * 3600;

/** A debit the bank has not answered yet. */
export interface Debit {
  /** Seconds. */
  at: number;
  testClock: string | null;
}

/** What the simulator remembers beside the rows. */
export interface Memory {
  reminders: Set<string>;
  debits: Map<string, Debit>;
  /** Seconds before a renewal at which `invoice.upcoming` is sent; 0 for never. */
  upcoming: number;
}

interface DueAt {
  at: number | null;
  testClock: string | null;
}

/** When the next thing happens to an object by itself; `undefined` for kinds that just lie there. */
export function dueAt(row: AnyObject, memory: Memory): DueAt | undefined {
  const { debits } = memory;
  if (isSubscription(row)) {
    return { at: subscriptionDue(row, memory), testClock: row.test_clock };
  }
  if (isInvoice(row)) return { at: invoiceDue(row, memory.reminders), testClock: row.test_clock };
  if (isSchedule(row)) return { at: scheduleDue(row, memory.reminders), testClock: row.test_clock };
  if (isIntent(row)) {
    const debit = row.status === 'processing' ? debits.get(row.id) : undefined;
    return { at: debit?.at ?? null, testClock: debit?.testClock ?? null };
  }
  if (isSession(row)) return { at: row.status === 'open' ? row.expires_at : null, testClock: null };
  return undefined;
}

function scheduleDue(schedule: SubscriptionSchedule, reminders: Set<string>): number | null {
  if (schedule.status === 'not_started') return schedule.phases[0]?.start_date ?? null;
  if (schedule.status !== 'active' || !schedule.current_phase) return null;
  const { end_date: ends } = schedule.current_phase;
  const notice = (schedule.phases.at(-1)?.end_date ?? ends) - expiringNotice;
  return reminders.has(expiringReminder(schedule)) ? ends : Math.min(ends, notice);
}

/** The key under which the notice of a schedule's end is remembered. */
export function expiringReminder(schedule: SubscriptionSchedule): string {
  return `expiring:${schedule.id}:${schedule.phases.at(-1)?.end_date}`;
}

function subscriptionDue(
  subscription: Subscription,
  { reminders, upcoming }: Memory
): number | null {
  const { status, trial_end, cancel_at, pause_collection } = subscription;
  if (status === 'canceled' || status === 'incomplete_expired') return null;
  if (status === 'incomplete') return subscription.created + incompleteLife;
  const moments = status === 'paused' ? [] : [periodEnd(subscription)];
  if (cancel_at !== null) moments.push(cancel_at);
  if (pause_collection?.resumes_at) moments.push(pause_collection.resumes_at);
  if (subscription.pending_update) moments.push(subscription.pending_update.expires_at);
  const notice = upcomingAt(subscription, upcoming);
  if (notice !== null && !reminders.has(upcomingReminder(subscription))) moments.push(notice);
  if (status === 'trialing' && trial_end && !reminders.has(trialReminder(subscription))) {
    moments.push(Math.max(trial_end - trialNotice, subscription.created));
  }
  return moments.length > 0 ? Math.min(...moments) : null;
}

/**
 * When a renewal is announced, given how many seconds before it: ends are not, nor are the renewals
 * of periods that are shorter than the notice.
 */
export function upcomingAt(subscription: Subscription, before: number): number | null {
  const { status, cancel_at, cancel_at_period_end } = subscription;
  const end = periodEnd(subscription);
  const starts = subscription.items.data.map((item) => item.current_period_start);
  if (before === 0 || end - before <= Math.max(...starts)) return null;
  if (cancel_at_period_end || (cancel_at !== null && cancel_at <= end)) return null;
  return ['active', 'trialing', 'past_due'].includes(status) ? end - before : null;
}

/** The key under which the notice of a renewal is remembered. */
export function upcomingReminder(subscription: Subscription): string {
  return `upcoming:${subscription.id}:${periodEnd(subscription)}`;
}

/** The same of an invoice that is not paid in time. */
export function overdueReminder({ id }: Invoice): string {
  return `overdue:${id}`;
}

/** The key under which a trial's notice is remembered: a moved trial end gets a new one. */
export function trialReminder({ id, trial_end }: Subscription): string {
  return `trial_will_end:${id}:${trial_end}`;
}

/** The end of the period the items are in; items of one interval share it. */
export function periodEnd(subscription: Subscription): number {
  return Math.min(...subscription.items.data.map((item) => item.current_period_end));
}

function invoiceDue(invoice: Invoice, reminders: Set<string>): number | null {
  if (invoice.status === 'draft' && invoice.auto_advance) return invoice.automatically_finalizes_at;
  if (invoice.status !== 'open') return null;
  const moments = [invoice.next_payment_attempt].filter((at) => at !== null);
  if (invoice.due_date !== null && !reminders.has(overdueReminder(invoice))) {
    moments.push(invoice.due_date);
  }
  return moments.length > 0 ? Math.min(...moments) : null;
}

export function isSubscription(row: AnyObject): row is Subscription {
  return row.object === 'subscription';
}

export function isInvoice(row: AnyObject): row is Invoice {
  return row.object === 'invoice';
}

export function isSchedule(row: AnyObject): row is SubscriptionSchedule {
  return row.object === 'subscription_schedule';
}

export function isIntent(row: AnyObject): row is PaymentIntent {
  return row.object === 'payment_intent';
}

export function isSession(row: AnyObject): row is CheckoutSession {
  return row.object === 'checkout.session';
}
