import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import { alignDefaults, type CardFacts, type DefaultChanges } from '../domain/customer';
import type { Lease } from '../store';
import type { StripeAccess } from './client';
import { idOf } from './readers/common';
import { readDefaultCard } from './readers/customer';
import { isMissing } from './stripe-errors';

/** What customers pay with, in one place and the other. */
interface Wallet {
  customer: string;
  default: CardFacts | null;
  /** Our live subscriptions, newest first. */
  subscriptions: Stripe.Subscription[];
}

/** The customer's live subscriptions that are ours, each with its own payment method. */
export const fetchLive = async (
  client: Stripe,
  customer: string,
  ours: ReadonlySet<string>
): Promise<Stripe.Subscription[]> => {
  if (ours.size === 0) return [];
  const expand = ['data.default_payment_method'];
  const { data } = await client.subscriptions.list({ customer, limit: 100, expand });
  return data.filter(({ id }) => ours.has(id));
};

const write = async (
  client: Stripe,
  customer: string,
  changes: DefaultChanges,
  { token }: Lease
): Promise<void> => {
  // The lease's number: a card that comes back after another within a day is set again.
  const key = (id: string, method: string) => ({
    idempotencyKey: `memberships:card:${id}:${method}:${token}`,
  });
  for (const { stripeId, method } of changes.subscriptions) {
    const params = { default_payment_method: method };
    await client.subscriptions.update(stripeId, params, key(stripeId, method));
  }
  if (changes.customer === null) return;
  await client.customers.update(
    customer,
    { invoice_settings: { default_payment_method: changes.customer } },
    key(customer, changes.customer)
  );
};

/**
 * Makes the card that was set on the customer or on a subscription the default of both, see
 * `alignDefaults`. A copied database writes nothing to Stripe.
 *
 * @param before Stripe's id of the default as it was last known
 * @returns the default from now on
 */
export const alignCards = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  lease: Lease,
  before: string | null,
  wallet: Wallet
): Promise<CardFacts | null> => {
  const own = wallet.subscriptions.flatMap((one) => readDefaultCard(one) ?? []);
  const changes = alignDefaults(before, {
    customer: wallet.default?.method ?? null,
    subscriptions: wallet.subscriptions.map((one) => ({
      stripeId: one.id,
      method: idOf(one.default_payment_method),
    })),
  });
  const chosen = own.find(({ method }) => method === changes.customer);
  const after = chosen ?? wallet.default ?? own[0] ?? null;
  const none = changes.customer === null && changes.subscriptions.length === 0;
  if (none || !(await stripe.site()).confirmed) return after;
  try {
    await write(await stripe.writer(), wallet.customer, changes, lease);
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Detached or canceled since it was fetched: the event of that brings us here again.
    strapi.log.warn(`memberships: a card of ${wallet.customer} was gone before it was the default`);
  }
  return after;
};
