import type { Fleet } from './fleet';

/** A tier and its prices, in minor units; the storm's own knowledge of what is sold. */
interface Plan {
  slug: string;
  prices: {
    amount: number;
    /** null: paid once. */
    interval: 'week' | 'month' | 'year' | null;
    count?: number;
    trialDays?: number;
  }[];
}

const PLANS: readonly Plan[] = [
  {
    slug: 'bronze',
    prices: [
      { amount: 500, interval: 'month', trialDays: 14 },
      { amount: 5000, interval: 'year' },
    ],
  },
  {
    slug: 'silver',
    prices: [
      { amount: 900, interval: 'month', trialDays: 7 },
      { amount: 2500, interval: 'month', count: 3 },
    ],
  },
  {
    slug: 'gold',
    prices: [
      { amount: 1999, interval: 'month' },
      { amount: 450, interval: 'week' },
    ],
  },
  { slug: 'archive', prices: [{ amount: 4900, interval: null }] },
];

export interface Catalogue {
  /** documentIds of what a checkout may ask for: by the period, and once and for all. */
  prices: string[];
  once: string[];
  /** Stripe's ids of what is sold by the period. */
  recurring: string[];
  /** Stripe's ids of the prices, once they were pushed, and the tier that each sells. */
  tierOf: ReadonlyMap<string, string>;
}

/** Makes what is sold, through the site, and waits until Stripe knows it. */
export const stockUp = async (fleet: Fleet): Promise<Catalogue> => {
  const prices: string[] = [];
  const once: string[] = [];
  for (const { slug, prices: terms } of PLANS) {
    const name = slug.charAt(0).toUpperCase() + slug.slice(1);
    const tier = await fleet.ask({
      ask: 'create',
      what: 'tier',
      data: { name, slug, kind: 'paid', rank: prices.length + once.length + 1 },
    });
    for (const { amount, interval, count = 1, trialDays = 0 } of terms) {
      const data = { tier, amount, currency: 'eur', interval, intervalCount: count, trialDays };
      const made = String(await fleet.ask({ ask: 'create', what: 'price', data }));
      (interval === null ? once : prices).push(made);
    }
  }
  await fleet.idle();
  const rows = await fleet.rows('plugin::memberships.price', ['tier']);
  const tierOf = new Map(
    rows.map(({ stripeId, tier }) => [String(stripeId), String(Reflect.get(Object(tier), 'slug'))])
  );
  if (tierOf.size !== prices.length + once.length || tierOf.has('null')) {
    throw new Error('Not every price has come to Stripe');
  }
  const recurring = rows
    .filter(({ interval }) => interval !== null)
    .map(({ stripeId }) => String(stripeId));
  return { prices, once, recurring, tierOf };
};
