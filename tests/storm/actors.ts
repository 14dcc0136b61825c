import Stripe from 'stripe';
import { stripeClient, type StripeSimulator } from '../stripe';
import type { Subscription } from '../stripe/types';
import type { Catalogue } from './catalogue';
import { DEEDS } from './deeds';
import type { Dice } from './dice';
import type { Front } from './front';
import { liveSubscriptionOf, subscriptionsOf, type Person } from './people';

export interface Actors {
  /** One day of everybody's life. */
  day(number: number): Promise<void>;
  /** How often each thing was done. */
  readonly done: ReadonlyMap<string, number>;
}

export const createActors = (
  people: readonly Person[],
  given: { sim: StripeSimulator; front: Front; dice: Dice; catalogue: Catalogue; coupon: string }
): Actors => {
  const { sim, front, dice, catalogue, coupon } = given;
  const stripe = stripeClient(sim);
  const prices = [...catalogue.tierOf.keys()];
  const done = new Map<string, number>();
  const note = (name: string) => done.set(name, (done.get(name) ?? 0) + 1);

  const join = async (person: Person, day: number): Promise<void> => {
    const before = subscriptionsOf(sim, person).length;
    if (day < person.joinsOn || (before > 0 && !dice.happens(0.03))) return;
    if (!person.guest && person.token === null && !(await front.register(person))) return;
    if (await front.buy(person, dice.pick(catalogue.prices))) note(before > 0 ? 'rejoin' : 'join');
  };

  const live = async (subscription: Subscription): Promise<void> => {
    for (const deed of DEEDS) {
      if (!deed.may(subscription, sim) || !dice.happens(deed.probability)) continue;
      try {
        await deed.act({ sim, stripe, dice, prices, coupon, subscription });
        note(deed.name);
      } catch (error) {
        // Refused cards and changes that Stripe does not allow now: as in life.
        if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === 500) throw error;
        note(`${deed.name}, refused`);
      }
      return;
    }
  };

  const closeDisputes = (): void => {
    const open = sim
      .worldFor(false)
      .tables.disputes.filter(({ status }) => status === 'needs_response');
    for (const { id } of open) {
      if (!dice.happens(0.1)) continue;
      sim.bank.closeDispute(id, dice.happens(0.5));
      note('close a dispute');
    }
  };

  return {
    done,
    async day(number) {
      for (const person of people) {
        const subscription = liveSubscriptionOf(sim, person);
        if (subscription) await live(subscription);
        else await join(person, number);
      }
      closeDisputes();
    },
  };
};
