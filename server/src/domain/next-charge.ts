import type { Instant, SubscriptionFacts } from './facts';
import { cancelsAt } from './status';

/** What a subscription is going to be charged, before discounts and taxes. */
export interface Charge {
  at: Instant;
  /** Minor units. */
  amount: number;
  currency: string;
}

type Priced = { amount: number | null; quantity: number };

/** null when one of them has no amount of its own: what is not known is not shown. */
const sum = (items: readonly Priced[]): number | null =>
  items.reduce<number | null>(
    (total, { amount, quantity }) =>
      total === null || amount === null ? null : total + amount * quantity,
    0
  );

/**
 * The next charge that a subscription will make by itself: of the items whose period ends first, as
 * they will be then when a schedule changes them.
 *
 * @param amountOf what one of a price costs in a currency, minor units; null when it is not known
 * @returns null when nothing is coming: it ends, it is paused, or its last payment is still owed
 */
export const nextCharge = (
  facts: SubscriptionFacts,
  amountOf: (price: string, currency: string) => number | null
): Charge | null => {
  const { status, currency, items, pauseCollection, pendingChange } = facts;
  if (!['active', 'trialing'].includes(status) || currency === null) return null;
  const endOf = (item: { currentPeriodEnd: Instant | null }) =>
    item.currentPeriodEnd ?? facts.currentPeriodEnd;
  const ends = items.flatMap((item) => endOf(item) ?? []);
  if (ends.length === 0) return null;
  const at = Math.min(...ends);

  const ending = cancelsAt(facts);
  if (ending !== null && ending <= at) return null;
  if (pauseCollection && (pauseCollection.resumesAt ?? Infinity) > at) return null;

  const changed = pendingChange?.cause === 'schedule' && pendingChange.at <= at;
  const due = changed
    ? pendingChange.items.map((item) => ({ ...item, amount: amountOf(item.price, currency) }))
    : items.filter((item) => endOf(item) === at);
  const amount = due.length === 0 ? null : sum(due);
  return amount === null ? null : { at, amount, currency };
};
