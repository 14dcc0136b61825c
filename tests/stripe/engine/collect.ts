import { change, emit } from '../events/record';
import type { Invoice, PaymentMethod, Subscription } from '../types';
import type { World } from '../world';
import { afterPayment } from './after-payment';
import { cancelNow } from './cancel';
import type { Decline } from './cards';
import { invoiceNow, markPaid, paymentOf, subscriptionOf } from './invoices';
import { confirmIntent } from './payment-intents';
import { methodToCharge } from './payment-methods';

export type Collected =
  | { outcome: 'paid' }
  | { outcome: 'declined'; decline: Decline; charge: string }
  | { outcome: 'processing' }
  | { outcome: 'action' }
  | { outcome: 'no-method' };

export interface CollectOptions {
  /** The card's holder is there to confirm. */
  authenticated?: boolean | undefined;
  /** A refusal changes nothing about the subscription, and is not retried. */
  spares?: boolean;
}

const daySeconds = 86_400;

/**
 * One attempt to collect an open invoice, with everything that follows from it: the invoice's
 * and the subscription's new state, the next attempt, or the end after the last one.
 */
export function collect(
  world: World,
  id: string,
  given?: PaymentMethod,
  { authenticated = false, spares = false }: CollectOptions = {}
): Collected {
  const invoice = invoiceNow(world, id);
  const payment = paymentOf(world, id);
  if (!payment?.payment.payment_intent) return settle(world, id);
  const method = given ?? usualMethod(world, invoice);
  const intent = world.tables.paymentIntents.get(payment.payment.payment_intent);
  if (!method || !intent) {
    attemptFailed(world, id, { spares });
    return { outcome: 'no-method' };
  }
  const attempt = confirmIntent(world, intent, method, { authenticated });
  if (attempt.outcome === 'paid') {
    change(world, world.tables.invoices, id, { attempt_count: invoice.attempt_count + 1 });
    return settle(world, id);
  }
  if (attempt.outcome === 'processing') {
    onItsWay(world, id);
    return { outcome: 'processing' };
  }
  if (attempt.outcome === 'action') {
    emit(world, 'invoice.payment_action_required', invoiceNow(world, id));
    attemptFailed(world, id, { waits: true, spares });
    return attempt;
  }
  attemptFailed(world, id, { spares });
  if (attempt.outcome !== 'declined') throw new Error(`An invoice's payment cannot be held: ${id}`);
  return { outcome: 'declined', decline: attempt.decline, charge: attempt.charge.id };
}

function usualMethod(world: World, invoice: Invoice): PaymentMethod | undefined {
  const customer = invoice.customer ? world.tables.customers.get(invoice.customer) : undefined;
  const own = world.tables.paymentMethods.get(invoice.default_payment_method ?? '');
  return own ?? (customer && methodToCharge(world, customer, subscriptionOf(world, invoice)));
}

/** Marks the invoice paid; a subscription that waited for the money becomes active. */
export function settle(
  world: World,
  id: string,
  { outOfBand = false }: { outOfBand?: boolean } = {}
): Collected {
  const invoice = markPaid(world, id, outOfBand);
  const subscription = subscriptionOf(world, invoice);
  setDelinquent(world, invoice, false);
  if (subscription) afterPayment(world, subscription, id);
  const waited = ['incomplete', 'past_due', 'unpaid'];
  const bills = subscription?.latest_invoice === id || invoice.billing_reason !== 'manual';
  if (subscription && bills && waited.includes(subscription.status)) {
    change(
      world,
      world.tables.subscriptions,
      subscription.id,
      { status: 'active' },
      'customer.subscription.updated'
    );
  }
  return { outcome: 'paid' };
}

/** A debit was sent: the subscription runs while the bank makes up its mind. */
function onItsWay(world: World, id: string): void {
  const invoice = change(
    world,
    world.tables.invoices,
    id,
    {
      attempt_count: invoiceNow(world, id).attempt_count + 1,
      attempted: true,
      auto_advance: false,
      next_payment_attempt: null,
    },
    'invoice.updated'
  );
  const subscription = subscriptionOf(world, invoice);
  if (subscription?.status !== 'incomplete') return;
  change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'active' },
    'customer.subscription.updated'
  );
}

/**
 * Nothing came in. `counted`: the attempt is in the invoice's count already; `waits`: the first
 * payment waits for the card's holder, which is no attempt (so recorded).
 */
export function attemptFailed(
  world: World,
  id: string,
  {
    counted = false,
    waits = false,
    spares = false,
  }: { counted?: boolean; waits?: boolean; spares?: boolean } = {}
): void {
  const invoice = invoiceNow(world, id);
  const subscription = subscriptionOf(world, invoice);
  const first = waits && subscription?.status === 'incomplete';
  const count = invoice.attempt_count + (counted || first ? 0 : 1);
  const days = first || spares ? undefined : retryDays(world, subscription, count);
  const failed = change(
    world,
    world.tables.invoices,
    id,
    {
      attempt_count: count,
      attempted: true,
      auto_advance: days !== undefined || first,
      next_payment_attempt:
        days === undefined ? null : world.now(invoice.test_clock) + days * daySeconds,
    },
    'invoice.updated'
  );
  emit(world, 'invoice.payment_failed', failed);
  setDelinquent(world, invoice, true);
  if (subscription && !spares) afterFailure(world, subscription, days === undefined);
}

/** A first payment is not retried: the member is still there to give another card. */
function retryDays(
  world: World,
  subscription: Subscription | undefined,
  attempts: number
): number | undefined {
  if (!subscription || subscription.status === 'incomplete' || subscription.ended_at) {
    return undefined;
  }
  return world.settings.retryDays[attempts - 1];
}

function afterFailure(world: World, subscription: Subscription, last: boolean): void {
  if (!['active', 'trialing', 'past_due'].includes(subscription.status)) return;
  const due = change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'past_due' },
    'customer.subscription.updated'
  );
  if (!last || world.settings.afterRetries === 'past_due') return;
  if (world.settings.afterRetries === 'cancel') {
    cancelNow(world, due, { reason: 'payment_failed' });
    return;
  }
  change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'unpaid' },
    'customer.subscription.updated'
  );
}

function setDelinquent(world: World, invoice: Invoice, delinquent: boolean): void {
  if (!invoice.customer || !world.tables.customers.get(invoice.customer)) return;
  change(world, world.tables.customers, invoice.customer, { delinquent }, 'customer.updated');
}
