import { change, create, emit } from '../events/record';
import { invalid } from '../http/errors';
import type { CheckoutSession, Customer, PaymentMethod } from '../types';
import type { World } from '../world';
import { testCards } from './cards';
import { behaviourOf, declineOf } from './charge';
import { applyCode } from './checkout-total';
import type { CheckoutPlan } from './checkout-plan';
import { buildCustomer } from './customers';
import { paymentOf } from './invoices';
import { createIntent } from './create-intent';
import { invoicePurchase } from './purchase-invoice';
import { confirmIntent } from './payment-intents';
import { attach, buildCard, buildDebit } from './payment-methods';
import { buildSetup } from './setups';
import { subscribe } from './subscribe';

export interface Payment {
  /** What the visitor typed when the session has no customer and no e-mail. */
  email?: string;
  name?: string;
  /** Typed on the page of a session with `allow_promotion_codes`. */
  promotionCode?: string;
  /** A test payment method such as `pm_card_visa`. */
  card?: string;
  /** A test IBAN, paid by SEPA direct debit instead. */
  iban?: string;
  /** A payment method that exists already. */
  method?: PaymentMethod;
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
  const given = methodOf(world, session, payment);
  const method = needsMethod(session) ? withHolder(given, email, payment.name) : undefined;
  const decline = method && (behaviourOf(method)?.attach ?? declineAtPayment(session, method));
  if (method && decline) {
    refuse(world, session, plan, method);
    return { outcome: 'declined', message: decline.message };
  }
  const done = steps[session.mode] ?? payOnce;
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

type Step = (
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  buyer: Buyer
) => CheckoutSession;

const startSubscription: Step = (world, session, plan, buyer) => {
  const customer = customerOf(world, session, buyer);
  const method = buyer.method && attach(world, buyer.method, customer.id);
  const now = world.now(customer.test_clock);
  const { trialDays, trialEnd, ...rest } = plan.subscription;
  const { subscription, collected } = subscribe(world, {
    ...rest,
    customer,
    currency: plan.currency,
    items: plan.items.filter((item) => item.price.recurring),
    extras: plan.items.filter((item) => !item.price.recurring),
    discounts: plan.discounts,
    session: session.id,
    defaultPaymentMethod: method?.id ?? null,
    trialEnd: trialDays === null ? trialEnd : now + trialDays * 86_400,
    collectNow: true,
    // Checkout has the card's holder before it.
    authenticated: true,
  });
  const intent = intentOf(world, subscription.latest_invoice);
  if (intent && collected?.outcome === 'processing') {
    world.sessionByIntent.set(intent, session.id);
  }
  return finish(world, session, buyer, collected?.outcome === 'processing', {
    customer: customer.id,
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
  });
};

const payOnce: Step = (world, session, plan, buyer) => {
  const guest = session.customer === null && session.customer_creation !== 'always';
  const customer = guest ? null : customerOf(world, session, buyer).id;
  if (!buyer.method) {
    const invoice = invoicePurchase(world, session, plan, customer, undefined);
    return finish(world, session, buyer, false, { customer, invoice });
  }
  const method = customer ? attach(world, buyer.method, customer) : buyer.method;
  if (!customer) create(world, world.tables.paymentMethods, method);
  const intent = createIntent(world, {
    ...plan.payment,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer,
    methodTypes: session.payment_method_types,
  });
  const attempt = confirmIntent(world, intent, method, { authenticated: true });
  const processing = attempt.outcome === 'processing';
  if (processing) {
    world.sessionByIntent.set(intent.id, session.id);
    world.purchases.set(session.id, plan);
  }
  const paid = attempt.outcome === 'paid';
  return finish(world, session, buyer, processing || attempt.outcome === 'held', {
    customer,
    payment_intent: intent.id,
    invoice: paid ? invoicePurchase(world, session, plan, customer, intent) : null,
  });
};

/** `mode: setup`: a payment method is stored, nothing is paid. */
const storeMethod: Step = (world, session, _plan, buyer) => {
  const customer = session.customer ? customerOf(world, session, buyer).id : null;
  const method = buyer.method;
  if (!method) throw new Error('A setup without a payment method');
  if (customer) attach(world, method, customer);
  else create(world, world.tables.paymentMethods, method);
  const intent = create(
    world,
    world.tables.setupIntents,
    buildSetup(world, { customer, payment_method: method.id, status: 'succeeded' }),
    'setup_intent.created'
  );
  emit(world, 'setup_intent.succeeded', intent);
  return finish(world, session, buyer, false, { customer, setup_intent: intent.id });
};

const steps: Record<string, Step> = {
  payment: payOnce,
  subscription: startSubscription,
  setup: storeMethod,
};

function finish(
  world: World,
  session: CheckoutSession,
  buyer: Buyer,
  unpaid: boolean,
  made: Partial<CheckoutSession>
): CheckoutSession {
  const free = (session.amount_total ?? 0) === 0;
  const completed = change(world, world.tables.checkoutSessions, session.id, {
    ...made,
    status: 'complete',
    payment_status: free ? 'no_payment_required' : unpaid ? 'unpaid' : 'paid',
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

/** The payment an invoice asks for. */
function intentOf(world: World, invoice: string | null): string | undefined {
  return invoice ? paymentOf(world, invoice)?.payment.payment_intent : undefined;
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

function needsMethod(session: CheckoutSession): boolean {
  if (session.mode === 'setup' || (session.amount_total ?? 0) > 0) return true;
  return session.mode === 'subscription' && session.payment_method_collection !== 'if_required';
}

function emailOf(world: World, session: CheckoutSession, payment: Payment): string | undefined {
  const customer = session.customer ? world.tables.customers.get(session.customer) : undefined;
  return customer?.email ?? session.customer_email ?? payment.email ?? undefined;
}

function methodOf(world: World, session: CheckoutSession, payment: Payment): PaymentMethod {
  if (payment.method) return payment.method;
  if (payment.iban) {
    if (session.payment_method_types.includes('sepa_debit')) {
      return buildDebit(world, payment.iban.replace(/\s/g, ''));
    }
    throw invalid('This Checkout Session takes no SEPA direct debit.', 'iban');
  }
  const name = payment.card ?? 'pm_card_visa';
  const card = testCards[name];
  if (!card) throw invalid(`No such test card: '${name}'`, 'card');
  return buildCard(world, card);
}

function withHolder(method: PaymentMethod, email: string, name?: string): PaymentMethod {
  const details = { ...method.billing_details, email, name: name ?? null };
  return { ...method, billing_details: details };
}
