import type { Core } from '@strapi/strapi';
import type {
  NextPayment,
  PendingChange,
  SubscriptionRow as SubscriptionAnswer,
  TierRef,
  Withheld,
} from '../../../contracts';
import { getConfig, now } from '../config';
import type { PriorSubscription } from '../domain/facts';
import { exponentOf } from '../domain/money';
import { nextCharge } from '../domain/next-charge';
import { isPaused, withheldOf } from '../domain/status';
import { isTrialUsed } from '../domain/trials';
import { table, toIso, toIsoOrNull, toPrior, type PriceRow, type SubscriptionRow } from '../store';
import { tierRef } from './present';

interface Shown {
  subscriptions: SubscriptionAnswer[];
  /** Of those in the site's own mode. */
  nextPayment: NextPayment | null;
}

/** A mirrored subscription beside what it was read from. */
interface Known {
  row: SubscriptionRow;
  facts: PriorSubscription;
}

const isSamePlace = (one: SubscriptionRow, other: SubscriptionRow): boolean =>
  one.account === other.account && one.livemode === other.livemode;

/** The catalogue's prices of what is pending, by Stripe's id. */
const pendingPrices = async (strapi: Core.Strapi, all: Known[]): Promise<Map<string, PriceRow>> => {
  const ids = all.flatMap(
    ({ facts }) => facts.pendingChange?.items.map(({ price }) => price) ?? []
  );
  if (ids.length === 0) return new Map();
  const rows = await table(strapi, 'price').findMany({ where: { stripeId: { $in: ids } } });
  return new Map(rows.flatMap((row) => (row.stripeId === null ? [] : [[row.stripeId, row]])));
};

/** The earliest charge that is coming, as price × quantity: discounts and taxes are Stripe's to add. */
const nextPaymentOf = (all: Known[], prices: ReadonlyMap<string, PriceRow>): NextPayment | null => {
  const amountOf = (price: string, currency: string) => {
    const row = prices.get(price);
    return row?.currency === currency ? Number(row.amount) : null;
  };
  const coming = all
    .flatMap(({ facts }) => nextCharge(facts, amountOf) ?? [])
    .sort((one, other) => one.at - other.at);
  const [first] = coming;
  if (!first) return null;
  const { amount, currency, at } = first;
  return { amount, currency, exponent: exponentOf(currency), date: toIso(at) };
};

const presentPending = (
  { pendingChange }: PriorSubscription,
  tiers: ReadonlyMap<string, TierRef>,
  prices: ReadonlyMap<string, PriceRow>
): PendingChange | null =>
  pendingChange && {
    cause: pendingChange.cause,
    at: toIso(pendingChange.at),
    items: pendingChange.items.map(({ price, tier, quantity }) => {
      const known = tier === null ? undefined : tiers.get(tier);
      return {
        price: prices.get(price)?.documentId ?? null,
        tier: known ? tierRef(known) : null,
        quantity,
      };
    }),
  };

/** What became of the money of subscriptions whose grants it withholds, by the row's id. */
const revokedOf = async (
  strapi: Core.Strapi,
  rows: readonly SubscriptionRow[]
): Promise<Map<number, Withheld>> => {
  const grants = await table(strapi, 'grant').findMany({
    where: {
      subscription: { id: { $in: rows.map(({ id }) => id) } },
      revokedReason: { $notNull: true },
    },
    populate: ['subscription'],
  });
  return new Map(
    grants.flatMap(({ subscription, revokedReason }): [number, Withheld][] =>
      subscription ? [[subscription.id, revokedReason === 'dispute' ? 'disputed' : 'refunded']] : []
    )
  );
};

/**
 * A member's subscriptions as they leave the server.
 *
 * @param rows every subscription of the member: one trial per person is judged over all of them
 * @param tiers every tier by documentId: items name theirs so
 */
export const presentSubscriptions = async (
  strapi: Core.Strapi,
  rows: SubscriptionRow[],
  tiers: ReadonlyMap<string, TierRef>
): Promise<Shown> => {
  const { access, stripe } = getConfig(strapi);
  const at = now(strapi);
  const all = rows.map((row): Known => ({ row, facts: toPrior(row) }));
  const prices = await pendingPrices(strapi, all);
  const revoked = rows.length > 0 ? await revokedOf(strapi, rows) : new Map<number, Withheld>();
  const isUsed = ({ row, facts }: Known) =>
    isTrialUsed(
      facts,
      all.filter((other) => isSamePlace(other.row, row)).map((other) => other.facts)
    );
  return {
    subscriptions: all.map((known): SubscriptionAnswer => {
      const { row, facts } = known;
      return {
        documentId: row.documentId,
        stripeId: facts.stripeId,
        livemode: row.livemode === true,
        status: facts.status,
        currency: facts.currency,
        items: facts.items.map(({ tier, quantity, amount, interval, intervalCount }) => {
          const held = tier === null ? undefined : tiers.get(tier);
          return { tier: held ? tierRef(held) : null, quantity, amount, interval, intervalCount };
        }),
        startDate: row.startDate,
        currentPeriodEnd: row.currentPeriodEnd,
        cancelAtPeriodEnd: facts.cancelAtPeriodEnd,
        cancelAt: row.cancelAt,
        endedAt: row.endedAt,
        trialEnd: row.trialEnd,
        paused: isPaused(facts)
          ? { resumesAt: toIsoOrNull(facts.pauseCollection?.resumesAt ?? null) }
          : null,
        pendingChange: presentPending(facts, tiers, prices),
        withheld: withheldOf(facts, access, at, isUsed(known)) ?? revoked.get(row.id) ?? null,
      };
    }),
    nextPayment: nextPaymentOf(
      all.filter(({ row }) => row.livemode === stripe.livemode),
      prices
    ),
  };
};
