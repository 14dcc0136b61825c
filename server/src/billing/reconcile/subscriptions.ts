import type Stripe from 'stripe';
import type { ItemFacts } from '../../domain/facts';
import {
  knownCustomers,
  markSeen,
  mirrored,
  subscriptionData,
  tiersByPrice,
  type Drift,
  type SubscriptionRow,
} from '../../store';
import { idOf } from '../readers/common';
import { readSubscription, type TiersByPrice } from '../readers/subscription';
import { differencesOf, whole } from './differences';
import { listFrom, nextOf, type ReadPage } from './walk';

/**
 * What a list does not tell of a subscription: it follows from these columns, from the invoices and from
 * what only a sync expands, and changes with them.
 */
const NOT_LISTED = new Set(['mrr', 'items', 'pastDueSince', 'pendingChange', 'paid']);

const itemsOf = (items: readonly ItemFacts[]) =>
  items.map(({ stripeId, price, tier, quantity }) => ({ stripeId, price, tier, quantity }));

/** The columns that a sync would write, as far as a list tells them. */
const columnsOf = (subscription: Stripe.Subscription, tiers: TiersByPrice) => {
  const facts = readSubscription(subscription, tiers, null);
  const columns = Object.entries(subscriptionData(facts)).filter(([name]) => !NOT_LISTED.has(name));
  return { ...Object.fromEntries<unknown>(columns), items: itemsOf(facts.items) };
};

const comparable = (row: SubscriptionRow): object => ({ ...row, items: itemsOf(row.items ?? []) });

const pricesOf = ({ items }: Stripe.Subscription): string[] =>
  (items?.data ?? []).flatMap(({ price }) => idOf(price) ?? []);

/** Every subscription there ever was, canceled ones too: the revenue's history is in them. */
export const readSubscriptions: ReadPage = async ({ strapi, stripe, scope, run }, after) => {
  const page = await stripe.client().subscriptions.list({ ...listFrom(after), status: 'all' });
  const ids = page.data.map(({ id }) => id);
  const here = await mirrored(strapi, 'subscription', scope, ids);
  const tiers = await tiersByPrice(strapi, scope, [...new Set(page.data.flatMap(pricesOf))]);
  const payers = await knownCustomers(
    strapi,
    scope,
    page.data.flatMap(({ customer }) => idOf(customer) ?? [])
  );
  await markSeen(strapi, 'subscription', scope, ids, run.id);

  /** As `syncSubscription` decides it: another site's is none of ours. */
  const isOurs = (one: Stripe.Subscription): boolean =>
    pricesOf(one).some((price) => tiers.has(price)) || payers.has(idOf(one.customer) ?? '');

  const drifts = page.data.flatMap((one): Drift[] => {
    const row = here.get(one.id);
    if (!row) {
      return isOurs(one)
        ? [{ key: one.id, kind: 'missing-here', fields: whole(one.id, null, one.status) }]
        : [];
    }
    const fields = differencesOf(one.id, comparable(row), columnsOf(one, tiers));
    return fields.length > 0 ? [{ key: one.id, kind: 'differs', fields }] : [];
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
