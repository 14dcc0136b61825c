import Stripe from 'stripe';
import type { SubscriptionFacts } from '../../domain/facts';
import { isOver } from '../../domain/status';
import { ensurePayer, findPayer, tiersByPrice, wishFor } from '../../store';
import { idOf } from '../readers/common';
import { readCustomer, readDefaultCard } from '../readers/customer';
import { readPastDueSince } from '../readers/invoice';
import { pendingPrices } from '../readers/pending-change';
import { readPaid, readSubscription } from '../readers/subscription';
import { unlessMissing } from '../stripe-errors';
import type { SyncContext } from './context';
import { fetchInvoices, readPayments } from './invoices';
import { learnPrices } from './learn';
import { syncVanished } from './vanished';
import { ignore, record } from './record';

const EXPAND = [
  'customer.discount.source.coupon',
  'customer.invoice_settings.default_payment_method',
  'default_payment_method',
  'discounts.source.coupon.applies_to',
  'discounts.source.coupon.currency_options',
  'items.data.price.currency_options',
  'schedule',
];

/** Without what may have been deleted: a coupon, a card. */
const EXPAND_SAFELY = ['customer', 'items.data.price.currency_options', 'schedule'];

/**
 * The subscription, or null when there is none. What it names may be gone and cannot be expanded then:
 * Stripe's refusal of that says nothing of the subscription, which is asked for again without.
 */
const retrieve = async (client: Stripe, id: string): Promise<Stripe.Subscription | null> => {
  try {
    return await client.subscriptions.retrieve(id, { expand: EXPAND });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return unlessMissing(client.subscriptions.retrieve(id, { expand: EXPAND_SAFELY }));
  }
};

/** Only its own absence ends a subscription, nobody else's. */
const fetchSubscription = async (client: Stripe, id: string) => {
  const subscription = await retrieve(client, id);
  if (!subscription) return null;
  const invoices = await fetchInvoices(client, id);
  return { subscription, invoices, payments: await readPayments(client, invoices) };
};

const isOurs = ({ items }: SubscriptionFacts): boolean => items.some(({ tier }) => tier !== null);

/**
 * Whether it is paid with a card that is not its customer's default: it was set on one of them, and no
 * event of the customer need follow. The customer's sync makes it the default of both.
 */
const paysAlone = (subscription: Stripe.Subscription): boolean => {
  const own = readDefaultCard(subscription);
  return (
    own !== null &&
    !isOver(subscription.status) &&
    own.method !== readDefaultCard(subscription.customer)?.method
  );
};

/**
 * Makes the mirror of a subscription, its grants, payments and movements what Stripe says now.
 * Fetches outside any transaction, writes in one short one. A subscription with no price and no
 * customer of ours belongs to another site on the account and is left alone.
 *
 * @throws LeaseLost when another worker has fetched later; whatever Stripe's library throws
 */
export const syncSubscription = async (
  context: SyncContext,
  id: string,
  follow: (key: string) => Promise<void>
): Promise<void> => {
  const { strapi, scope } = context;
  const fetched = await fetchSubscription(context.stripe.client(), id);
  if (!fetched) return syncVanished(context, id);

  const { subscription, invoices, payments } = fetched;
  const prices = (subscription.items?.data ?? []).flatMap(({ price }) => idOf(price) ?? []);
  await learnPrices(context, subscription.items?.data ?? [], follow);
  const tiers = await tiersByPrice(strapi, scope, [...prices, ...pendingPrices(subscription)]);
  const facts = readSubscription(
    subscription,
    tiers,
    readPastDueSince(invoices),
    readPaid(subscription, invoices)
  );
  const customer = readCustomer(subscription.customer, subscription);
  // Whose it is, nobody could tell: strangers would become one member.
  if (customer.stripeId === '') return ignore(context);

  const known = await findPayer(strapi, scope, customer.stripeId);
  await record(context, known, async () => {
    if (!isOurs(facts) && !(await findPayer(strapi, scope, customer.stripeId))) return null;
    const payer = await ensurePayer(strapi, scope, customer);
    const change = { subscriptions: [facts], payments };
    return {
      member: payer.member,
      customer: payer.id,
      change,
      also: async () => {
        if (paysAlone(subscription)) await wishFor(strapi, scope, customer.stripeId);
      },
    };
  });
};
