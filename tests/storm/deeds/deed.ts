import type Stripe from 'stripe';
import type { StripeSimulator } from '../../stripe';
import type { Charge, Invoice, Subscription } from '../../stripe/types';
import type { Dice } from '../dice';

/** What a deed needs to know. */
export interface Scene {
  sim: StripeSimulator;
  stripe: Stripe;
  dice: Dice;
  /** Stripe's ids of what is sold by the period, cheapest first. */
  prices: string[];
  coupon: string;
  subscription: Subscription;
}

/** Something that happens on one day of a subscription's life. */
export interface Deed {
  name: string;
  /** A day, once it may be done. */
  probability: number;
  may(subscription: Subscription, sim: StripeSimulator): boolean;
  act(scene: Scene): Promise<unknown>;
}

export const DAY_SECONDS = 86_400;

export const isCurrent = ({ status }: Subscription): boolean =>
  ['active', 'trialing'].includes(status);

/** Runs by itself, and nothing else is planned for it. */
export const isFree = (one: Subscription): boolean =>
  isCurrent(one) && one.schedule === null && one.pending_update === null;

type Owner = Pick<Subscription, 'customer'>;

const tablesOf = (sim: StripeSimulator) => sim.worldFor(false).tables;

export const chargesOf = (sim: StripeSimulator, { customer }: Owner): Charge[] =>
  tablesOf(sim).charges.filter((one) => one.customer === customer && one.paid && !one.disputed);

export const openInvoices = (sim: StripeSimulator, { customer }: Owner): Invoice[] =>
  tablesOf(sim).invoices.filter((one) => one.customer === customer && one.status === 'open');

/** The payments of open invoices that wait for their card's holder. */
export const unconfirmed = (sim: StripeSimulator, owner: Owner): string[] => {
  const invoices = new Set(openInvoices(sim, owner).map(({ id }) => id));
  const { invoicePayments, paymentIntents } = tablesOf(sim);
  return invoicePayments
    .filter(({ invoice }) => invoices.has(String(invoice)))
    .flatMap(({ payment }) => paymentIntents.get(payment.payment_intent ?? '') ?? [])
    .filter(({ status }) => status === 'requires_action')
    .map(({ id }) => id);
};

export const change = (
  { stripe, subscription }: Pick<Scene, 'stripe' | 'subscription'>,
  update: Stripe.SubscriptionUpdateParams
) => stripe.subscriptions.update(subscription.id, update);

/** A new card, on the subscription and on the customer, as the portal puts it. */
export const useCard = async (scene: Scene, card: string): Promise<void> => {
  const { stripe, subscription } = scene;
  const method = await stripe.paymentMethods.attach(card, { customer: subscription.customer });
  await change(scene, { default_payment_method: method.id });
};
