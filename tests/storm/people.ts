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

/** As Stripe has them, oldest first. */
export const subscriptionsOf = (sim: StripeSimulator, { sessions }: Person): Subscription[] => {
  const { tables } = sim.worldFor(false);
  return sessions.flatMap((id) => {
    const subscription = tables.checkoutSessions.get(id)?.subscription;
    return (subscription && tables.subscriptions.get(subscription)) || [];
  });
};

export const liveSubscriptionOf = (sim: StripeSimulator, person: Person): Subscription | null =>
  subscriptionsOf(sim, person).find(({ status }) => !OVER.has(status)) ?? null;
