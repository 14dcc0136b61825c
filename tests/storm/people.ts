import type { StripeSimulator } from '../stripe';
import type { Subscription } from '../stripe/types';
import type { Dice } from './dice';

/** Somebody who joins, stays, goes and comes back. */
export interface Person {
  name: string;
  email: string;
  /** Signed in; null for a guest, who never had an account of their own making. */
  token: string | null;
  guest: boolean;
  /** Days after the storm's beginning. */
  joinsOn: number;
  /** Checkouts that were paid, oldest first. */
  sessions: string[];
}

/** @param days over which they arrive; most of them early */
export const gather = (dice: Dice, members: number, days: number): Person[] =>
  Array.from({ length: members }, (_, index) => ({
    name: `member${index}`,
    email: `member${index}@storm.example`,
    token: null,
    guest: dice.happens(0.15),
    joinsOn: Math.floor((dice.below(days) * dice.below(1000)) / 1000),
    sessions: [],
  }));

const OVER = new Set(['canceled', 'incomplete_expired']);

/** As whom somebody paid: a guest is another customer each time. */
export const customersOf = (sim: StripeSimulator, { sessions }: Person): string[] => {
  const { checkoutSessions } = sim.worldFor(false).tables;
  return [...new Set(sessions.flatMap((id) => checkoutSessions.get(id)?.customer ?? []))];
};

/** The latest subscription of each customer, by the customer: what days go by with. */
export type Latest = ReadonlyMap<string, Subscription>;

export const latestSubscriptions = (sim: StripeSimulator): Latest =>
  new Map(
    sim
      .worldFor(false)
      .tables.subscriptions.all()
      .map((one) => [one.customer, one])
  );

export const isOver = ({ status }: Subscription): boolean => OVER.has(status);
