import { change, emit, testClockOf } from '../events/record';
import type { Charge, PaymentIntent, PaymentMethod } from '../types';
import type { World } from '../world';
import { behaviourOf, bookBalance, charge, declineOf, needsAuthentication } from './charge';
import type { Decline } from './cards';
import { accountOf, debitFailure } from './debits';
import { afterCharge } from './disputes';
import { authentication } from './next-action';

export type Attempt =
  | { outcome: 'paid' | 'held' | 'processing'; charge: Charge }
  | { outcome: 'declined'; charge: Charge; decline: Decline }
  | { outcome: 'action' };

export interface Confirmation {
  /** Where a card's holder comes back to. */
  returnUrl?: string | undefined;
  /** The holder has confirmed already. */
  authenticated?: boolean;
}

/** Tries to take the money; records the charge and the intent's new state with their events. */
export function confirmIntent(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  { returnUrl, authenticated = false }: Confirmation = {}
): Attempt {
  if (method.type === 'sepa_debit') return sendDebit(world, intent, method);
  if (needsAuthentication(method) && !authenticated) {
    requireAction(world, intent, method, returnUrl);
    return { outcome: 'action' };
  }
  const decline = declineOf(method);
  if (decline) {
    const failed = charge(world, intent, method, decline);
    failIntent(world, intent, method, failed, decline);
    return { outcome: 'declined', charge: failed, decline };
  }
  if (intent.capture_method === 'manual') return hold(world, intent, method);
  const made = charge(world, intent, method, 'paid');
  succeed(world, intent, method, made);
  return { outcome: 'paid', charge: world.tables.charges.get(made.id) ?? made };
}

function succeed(world: World, intent: PaymentIntent, method: PaymentMethod, made: Charge): void {
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: made.amount_captured,
    latest_charge: made.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  });
  notify(world, intent.id, 'payment_intent.succeeded');
  afterCharge(world, made, behaviourOf(method)?.afterwards);
}

function hold(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const made = charge(world, intent, method, 'held');
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'requires_capture',
    amount_capturable: intent.amount,
    latest_charge: made.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  });
  notify(world, intent.id, 'payment_intent.amount_capturable_updated');
  return { outcome: 'held', charge: made };
}

/** Takes money that was held; what is not taken goes back. */
export function captureIntent(world: World, intent: PaymentIntent, amount: number): PaymentIntent {
  const { charges, paymentIntents } = world.tables;
  const held = charges.get(intent.latest_charge ?? '');
  if (!held) throw new Error(`No charge of ${intent.id}`);
  const rest = held.amount - amount;
  change(world, charges, held.id, {
    amount_captured: amount,
    amount_refunded: rest,
    captured: true,
  });
  bookBalance(world, held.id);
  const taken = charges.get(held.id) ?? held;
  emit(world, 'charge.captured', taken);
  const after = change(world, paymentIntents, intent.id, {
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
  });
  notify(world, intent.id, 'payment_intent.succeeded');
  return after;
}

/** A debit is on its way: the bank answers later (`answerDebit`). */
function sendDebit(world: World, intent: PaymentIntent, method: PaymentMethod): Attempt {
  const made = charge(world, intent, method, 'pending');
  const testClock = testClockOf(world, intent);
  const wait = accountOf(world, method).slow ? world.settings.slowDebit : 0;
  const at = world.now(testClock) + wait;
  world.debits.set(intent.id, { at, testClock });
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'processing',
    latest_charge: made.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  });
  notify(world, intent.id, 'payment_intent.processing');
  return { outcome: 'processing', charge: made };
}

/** The bank's answer to a debit; whether it paid. */
export function answerDebit(world: World, intent: PaymentIntent): boolean {
  const { charges, paymentMethods } = world.tables;
  const pending = charges.get(intent.latest_charge ?? '');
  const method = paymentMethods.get(intent.payment_method ?? '');
  if (!pending || !method) throw new Error(`Nothing to answer for ${intent.id}`);
  world.debits.delete(intent.id);
  const { outcome } = accountOf(world, method);
  if (outcome === 'failed') {
    const failed = change(world, charges, pending.id, {
      status: 'failed',
      captured: false,
      failure_code: debitFailure.code,
      failure_message: debitFailure.message,
    });
    emit(world, 'charge.failed', failed);
    failIntent(world, intent, method, failed, debitFailure);
    return false;
  }
  change(world, charges, pending.id, {
    status: 'succeeded',
    paid: true,
    amount_captured: pending.amount,
    receipt_url: `${world.url()}/receipts/${pending.id}`,
  });
  bookBalance(world, pending.id);
  const paid = charges.get(pending.id) ?? pending;
  emit(world, 'charge.succeeded', paid);
  succeed(world, intent, method, paid);
  if (outcome === 'disputed') afterCharge(world, paid, 'debit_not_authorized');
  return true;
}

/** Records that an attempt was refused. */
export function failIntent(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  made: Charge | undefined,
  decline: Decline
): void {
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'requires_payment_method',
    latest_charge: made?.id ?? intent.latest_charge,
    payment_method: null,
    next_action: null,
    last_payment_error: {
      type: method.type === 'card' && made ? 'card_error' : 'invalid_request_error',
      ...(made ? { charge: made.id } : {}),
      code: decline.code,
      ...(made ? { decline_code: decline.declineCode } : {}),
      message: decline.message,
      payment_method: method,
    },
  });
  notify(world, intent.id, 'payment_intent.payment_failed');
}

function requireAction(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  returnUrl: string | undefined
): void {
  change(world, world.tables.paymentIntents, intent.id, {
    status: 'requires_action',
    payment_method: method.id,
    next_action: authentication(world, intent.id, returnUrl),
  });
  notify(world, intent.id, 'payment_intent.requires_action');
}

type Told =
  | 'payment_intent.succeeded'
  | 'payment_intent.payment_failed'
  | 'payment_intent.processing'
  | 'payment_intent.requires_action'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.canceled';

/** These events carry no `previous_attributes`: they tell an outcome, not a change. */
function notify(world: World, id: string, type: Told): void {
  const intent = world.tables.paymentIntents.get(id);
  if (intent) emit(world, type, intent);
}

/** Cancels an intent nobody will pay any more; money that was held goes back. */
export function cancelIntent(
  world: World,
  id: string,
  reason: PaymentIntent['cancellation_reason']
): PaymentIntent {
  const { paymentIntents, charges } = world.tables;
  const before = paymentIntents.get(id);
  const held = before?.status === 'requires_capture' && charges.get(before.latest_charge ?? '');
  const after = change(world, paymentIntents, id, {
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: before ? world.now(testClockOf(world, before)) : null,
    cancellation_reason: reason,
    next_action: null,
  });
  if (held) {
    const returned = change(world, charges, held.id, {
      amount_refunded: held.amount,
      refunded: true,
    });
    emit(world, 'charge.refunded', returned);
  }
  notify(world, id, 'payment_intent.canceled');
  return after;
}
