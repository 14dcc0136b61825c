import type Stripe from 'stripe';
import type { FieldDifference } from '../../../../contracts';
import {
  loadKnownOf,
  markSeen,
  owedOf,
  ownProducts,
  payersOf,
  subscriptionData,
  tiersByPrice,
  type Drift,
  type KnownMember,
  type Owed,
  type Payer,
  type SubscriptionRow,
} from '../../store';
import { idOf } from '../readers/common';
import { pendingPrices } from '../readers/pending-change';
import type { TiersByPrice } from '../readers/subscription';
import { cardDrifts } from './cards';
import { unfounded } from './debts';
import { differencesOf, whole } from './differences';
import { readListed, SUBSCRIPTION_EXPAND } from './listed-subscription';
import { settlementOf } from './settled';
import { listFrom, nextOf, type ReadPage, type WalkContext } from './walk';

type Sold = Pick<Stripe.Price, 'id' | 'product'>;

const soldIn = ({ items }: Stripe.Subscription): Sold[] =>
  (items?.data ?? []).flatMap(({ price }) => price ?? []);

const pricesOf = (one: Stripe.Subscription): string[] => soldIn(one).map(({ id }) => id);

const productOf = ({ product }: Sold): string => idOf(product) ?? '';

/** What is known here of the subscriptions of one page. */
interface Here {
  payers: ReadonlyMap<string, Payer>;
  known: ReadonlyMap<number, KnownMember>;
  tiers: TiersByPrice;
  /** Stripe's products that are tiers of ours. */
  products: ReadonlySet<string>;
  owed: ReadonlyMap<number, Owed>;
}

const load = async (
  { strapi, scope }: WalkContext,
  data: readonly Stripe.Subscription[]
): Promise<Here> => {
  const payers = await payersOf(
    strapi,
    scope,
    data.flatMap(({ customer }) => idOf(customer) ?? [])
  );
  const members = [...new Set([...payers.values()].map(({ member }) => member.id))];
  const prices = data.flatMap((one) => [...pricesOf(one), ...pendingPrices(one)]);
  const known = await loadKnownOf(strapi, scope, members);
  const listed = new Set(data.map(({ id }) => id));
  const rows = [...known.values()]
    .flatMap(({ subscriptions }) => subscriptions)
    .filter(({ stripeId }) => listed.has(stripeId ?? ''));
  return {
    payers,
    known,
    owed: await owedOf(
      strapi,
      rows.map(({ id }) => id)
    ),
    tiers: await tiersByPrice(strapi, scope, [...new Set(prices)]),
    products: await ownProducts(strapi, scope, [
      ...new Set(data.flatMap((one) => soldIn(one).map(productOf))),
    ]),
  };
};

/** A price on a product of ours that nobody here has heard of: a sync learns it first. */
const unlearned = (one: Stripe.Subscription, { tiers, products }: Here): FieldDifference[] =>
  soldIn(one)
    .filter((price) => !tiers.has(price.id) && products.has(productOf(price)))
    .flatMap(({ id }) => whole(id, null, 'price'));

/** What a sync of a subscription that is here would write. */
const differences = async (
  context: WalkContext,
  one: Stripe.Subscription,
  row: SubscriptionRow,
  { known }: KnownMember,
  here: Here
): Promise<FieldDifference[]> => {
  const facts = await readListed(one, row, here.tiers, context.lookups);
  const change = { subscriptions: [facts] };
  return [
    ...differencesOf(one.id, row, subscriptionData(facts)),
    ...settlementOf(context, one.id, known, change).fields,
    ...unfounded(row, here.owed.get(row.id)),
    ...unlearned(one, here),
  ];
};

/** Every subscription there ever was, canceled ones too: the revenue's history is in them. */
export const readSubscriptions: ReadPage = async (context, after) => {
  const { strapi, stripe, scope, run, newcomers } = context;
  const page = await stripe
    .client()
    .subscriptions.list({ ...listFrom(after), status: 'all', expand: SUBSCRIPTION_EXPAND });
  const here = await load(context, page.data);
  await markSeen(
    strapi,
    'subscription',
    scope,
    page.data.map(({ id }) => id),
    run.id
  );

  /** As `syncSubscription` decides it: another site's is none of ours. */
  const isOurs = (one: Stripe.Subscription): boolean =>
    here.payers.has(idOf(one.customer) ?? '') ||
    soldIn(one).some((price) => here.tiers.has(price.id) || here.products.has(productOf(price)));

  const drifts: Drift[] = [];
  for (const one of page.data) {
    if (!isOurs(one)) continue;
    const customer = idOf(one.customer) ?? '';
    const payer = here.payers.get(customer);
    const member = payer && here.known.get(payer.member.id);
    // One that is written down with somebody else's rows is taken from them by its sync.
    const row = member?.subscriptions.find(({ stripeId }) => stripeId === one.id);
    if (!row || !member) {
      newcomers.add(customer);
      drifts.push({ key: one.id, kind: 'missing-here', fields: whole(one.id, null, one.status) });
      continue;
    }
    const fields = await differences(context, one, row, member, here);
    if (fields.length > 0) drifts.push({ key: one.id, kind: 'differs', fields });
    drifts.push(...cardDrifts(context, one, payer, member));
  }
  return { count: page.data.length, next: nextOf(page), drifts };
};
