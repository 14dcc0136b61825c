import { change, emit } from '../events/record';
import { invalid } from '../http/errors';
import type { CheckoutSession, PaymentIntent } from '../types';
import type { World } from '../world';
import { attemptFailed, settle } from './collect';
import { invoicePurchase } from './purchase-invoice';
import { answerDebit, confirmIntent, failIntent, type Attempt } from './payment-intents';

/** The bank answers a debit: what waited for the money goes on, or learns that there is none. */
export function debitAnswered(world: World, intent: PaymentIntent): void {
  const paid = answerDebit(world, intent);
  tellInvoice(world, intent.id, paid);
  tellSession(world, intent.id, paid);
}

const unauthenticated = {
  code: 'payment_intent_authentication_failure',
  declineCode: '',
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  networkDeclineCode: '',
};

/** A card's holder confirms a payment that waits for it, or refuses to. */
export function authenticate(world: World, id: string, agrees: boolean): PaymentIntent {
  const { paymentIntents, paymentMethods } = world.tables;
  const intent = paymentIntents.get(id);
  const method = paymentMethods.get(intent?.payment_method ?? '');
  if (!intent || intent.status !== 'requires_action' || !method) {
    throw invalid('This payment does not wait for its holder.', 'payment_intent');
  }
  const invoice = invoiceOf(world, id);
  if (!agrees) {
    failIntent(world, intent, method, undefined, unauthenticated);
    if (invoice) attemptFailed(world, invoice);
  } else {
    told(world, id, confirmIntent(world, intent, method, { authenticated: true }));
  }
  return paymentIntents.get(id) ?? intent;
}

/** What an attempt made outside of its invoice means for it. */
export function told(world: World, intent: string, attempt: Attempt): void {
  if (attempt.outcome === 'paid') tellInvoice(world, intent, true);
  else if (attempt.outcome === 'declined') {
    const invoice = invoiceOf(world, intent);
    if (invoice) attemptFailed(world, invoice);
  }
}

function tellInvoice(world: World, intent: string, paid: boolean): void {
  const invoice = invoiceOf(world, intent);
  if (!invoice) return;
  if (paid) settle(world, invoice);
  else attemptFailed(world, invoice, { counted: true });
}

function invoiceOf(world: World, intent: string): string | undefined {
  return world.tables.invoicePayments.filter(
    (row) => row.payment.payment_intent === intent && row.status === 'open'
  )[0]?.invoice;
}

function tellSession(world: World, intent: string, paid: boolean): void {
  const session = sessionOf(world, intent);
  if (!session) return;
  const bought = world.purchases.get(session.id);
  world.sessionByIntent.delete(intent);
  world.purchases.delete(session.id);
  if (!paid) {
    emit(world, 'checkout.session.async_payment_failed', session);
    return;
  }
  if (bought) {
    const row = world.tables.paymentIntents.get(intent);
    invoicePurchase(world, session, bought, session.customer, row);
  }
  const after = change(world, world.tables.checkoutSessions, session.id, {
    payment_status: 'paid',
  });
  emit(world, 'checkout.session.async_payment_succeeded', after);
}

function sessionOf(world: World, intent: string): CheckoutSession | undefined {
  const id = world.sessionByIntent.get(intent);
  return id ? world.tables.checkoutSessions.get(id) : undefined;
}
