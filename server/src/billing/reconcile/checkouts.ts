import type Stripe from 'stripe';
import { knownReferences, tiersByPrice, type Drift } from '../../store';
import { idOf } from '../readers/common';
import { isSettled, referenceOf } from '../sync/checkout-session';
import { whole } from './differences';
import { listFrom, nextOf, type ReadPage } from './walk';

const pricesOf = ({ line_items }: Stripe.Checkout.Session): string[] =>
  (line_items?.data ?? []).flatMap(({ price }) => idOf(price) ?? []);

/** Paid checkouts of what is bought once: the only trace of it at Stripe. */
export const readCheckouts: ReadPage = async ({ strapi, stripe, scope }, after) => {
  const page = await stripe.client().checkout.sessions.list({
    ...listFrom(after),
    status: 'complete',
    expand: ['data.line_items'],
  });
  const bought = page.data.filter((one) => one.mode === 'payment' && isSettled(one));
  const tiers = await tiersByPrice(strapi, scope, [...new Set(bought.flatMap(pricesOf))]);
  const wanted = bought.map((session) => ({
    id: session.id,
    references: [
      ...new Set(
        pricesOf(session).flatMap((price) => {
          const tier = tiers.get(price);
          return tier === undefined ? [] : [referenceOf(session, tier)];
        })
      ),
    ],
  }));
  const known = await knownReferences(
    strapi,
    wanted.flatMap(({ references }) => references)
  );
  const drifts = wanted.flatMap(({ id, references }): Drift[] => {
    const missing = references.filter((reference) => !known.has(reference));
    return missing.length > 0
      ? [{ key: id, kind: 'missing-here', fields: whole(id, null, 'paid') }]
      : [];
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
