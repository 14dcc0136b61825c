import { change, create, emit } from '../events/record';
import { invalid } from '../http/errors';
import type { CheckoutSession, Customer, PaymentMethod } from '../types';
import type { World } from '../world';
import { testCards, type TestCard } from './cards';
import { declineOf } from './charge';
import { applyCode } from './checkout-total';
import type { CheckoutPlan } from './checkout-plan';
import { buildCustomer } from './customers';
import { confirmIntent, createIntent } from './payment-intents';
import { attach, buildCard } from './payment-methods';
import { subscribe } from './subscribe';

export interface Payment {
  /** What the visitor typed when the session has no customer and no e-mail. */
  email?: string;
  name?: string;
  /** Typed on the page of a session with `allow_promotion_codes`. */
  promotionCode?: string;
  /** A test payment method such as `pm_card_visa`. */
  card?: string;
}

export type Completed =
  { outcome: 'paid'; session: CheckoutSession } | { outcome: 'declined'; message: string };

/** The visitor presses Pay. A refused card leaves the session open for another try. */
export function completeCheckout(world: World, id: string, payment: Payment): Completed {
  const opened = world.tables.checkoutSessions.get(id);
  if (opened?.status !== 'open') {
    throw invalid('This Checkout Session is no longer open.', 'session');
  }
  const session = payment.promotionCode ? applyCode(world, opened, payment.promotionCode) : opened;
  const plan = world.checkoutPlans.get(id);
  if (!plan) throw new Error(`No plan for ${id}`);
  const email = emailOf(world, session, payment);
  if (!email) throw invalid('An e-mail address is needed.', 'email');
  const card = cardOf(payment.card);
  const wanted = needsCard(session);
  const method = wanted ? withHolder(buildCard(world, card), email, payment.name) : undefined;
  if (method) {
    const decline = card.attach ?? declineAtPayment(session, method);
    if (decline) {
      refuse(world, session, plan, method);
      return { outcome: 'declined', message: decline.message };
    }
  }
  const done = session.mode === 'payment' ? payOnce : startSubscription;
  return {
    outcome: 'paid',
    session: done(world, session, plan, { email, name: payment.name, method }),
  };
}

interface Buyer {
  email: string;
  name?: string | undefined;
  method: PaymentMethod | undefined;
}

function startSubscription(
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  buyer: Buyer
): CheckoutSession {
  const customer = customerOf(world, session, buyer);
  const method = buyer.method && attach(world, buyer.method, customer.id);
  const now = world.now(customer.test_clock);
  const { trialDays, trialEnd, ...rest } = plan.subscription;
  const { subscription } = subscribe(world, {
    ...rest,
    customer,
    items: plan.items,
    discounts: plan.discounts,
    session: session.id,
    defaultPaymentMethod: method?.id ?? null,
    trialEnd: trialDays === null ? trialEnd : now + trialDays * 86_400,
    collectNow: true,
  });
  return finish(world, session, buyer, {
    customer: customer.id,
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
  });
}

function payOnce(
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  buyer: Buyer
): CheckoutSession {
  const guest = session.customer === null && session.customer_creation !== 'always';
  const customer = guest ? null : customerOf(world, session, buyer).id;
  if (!buyer.method) return finish(world, session, buyer, { customer });
  const method = customer ? attach(world, buyer.method, customer) : buyer.method;
  if (!customer) create(world, world.tables.paymentMethods, method);
  const intent = createIntent(world, {
    ...plan.payment,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer,
  });
  confirmIntent(world, intent, method);
  return finish(world, session, buyer, { customer, payment_intent: intent.id });
}

function finish(
  world: World,
  session: CheckoutSession,
  buyer: Buyer,
  made: Partial<CheckoutSession>
): CheckoutSession {
  const completed = change(world, world.tables.checkoutSessions, session.id, {
    ...made,
    status: 'complete',
    payment_status: (session.amount_total ?? 0) > 0 ? 'paid' : 'no_payment_required',
    url: null,
    customer_details: {
      address: null,
      business_name: null,
      email: buyer.email,
      individual_name: null,
      name: buyer.name ?? null,
      phone: null,
      tax_exempt: 'none',
      tax_ids: [],
    },
  });
  world.checkoutPlans.delete(session.id);
  emit(world, 'checkout.session.completed', completed);
  return completed;
}

function customerOf(world: World, session: CheckoutSession, buyer: Buyer): Customer {
  const known = session.customer ? world.tables.customers.get(session.customer) : undefined;
  if (known) return known;
  const customer = buildCustomer(world, { email: buyer.email, name: buyer.name ?? null });
  return create(world, world.tables.customers, customer, 'customer.created');
}

/** The failed attempt Stripe records: an intent without a customer, a failed charge, no more. */
function refuse(
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  method: PaymentMethod
): void {
  const amount = session.amount_total ?? 0;
  if (amount === 0) return;
  const intent = createIntent(world, {
    amount,
    currency: session.currency ?? 'usd',
    customer: session.customer,
    metadata: plan.payment.metadata,
  });
  confirmIntent(world, intent, method);
}

/** A card that only fails later (`pm_card_chargeCustomerFail`) passes a trial's sign-up. */
function declineAtPayment(session: CheckoutSession, method: PaymentMethod) {
  return (session.amount_total ?? 0) > 0 ? declineOf(method) : undefined;
}

function needsCard(session: CheckoutSession): boolean {
  if ((session.amount_total ?? 0) > 0) return true;
  return session.mode === 'subscription' && session.payment_method_collection !== 'if_required';
}

function emailOf(world: World, session: CheckoutSession, payment: Payment): string | undefined {
  const customer = session.customer ? world.tables.customers.get(session.customer) : undefined;
  return customer?.email ?? session.customer_email ?? payment.email ?? undefined;
}

function cardOf(name = 'pm_card_visa'): TestCard {
  const card = testCards[name];
  if (!card) throw invalid(`No such test card: '${name}'`, 'card');
  return card;
}

function withHolder(method: PaymentMethod, email: string, name?: string): PaymentMethod {
  const details = { ...method.billing_details, email, name: name ?? null };
  return { ...method, billing_details: details };
}
