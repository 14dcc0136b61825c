import Stripe from 'stripe';
import { stripeClient, type StripeSimulator } from '../stripe';
import type { Subscription } from '../stripe/types';
import type { Catalogue } from './catalogue';
import { DEEDS } from './deeds';
import { RETURNS } from './deeds/return';
import type { Dice } from './dice';
import type { Front } from './front';
import { customersOf, isOver, latestSubscriptions, type Person } from './people';

export interface Actors {
  /** One day of everybody's life. */
  day(number: number): Promise<void>;
  /** How often each thing was done. */
  readonly done: ReadonlyMap<string, number>;
}

export const createActors = (
  people: readonly Person[],
  given: {
    sim: StripeSimulator;
    front: Front;
    dice: Dice;
    catalogue: Catalogue;
    coupon: string;
    leisure: number;
  }
): Actors => {
  const { sim, front, dice, catalogue, coupon, leisure } = given;
  const stripe = stripeClient(sim);
  const prices = catalogue.recurring;
  const done = new Map<string, number>();
  const note = (name: string) => done.set(name, (done.get(name) ?? 0) + 1);

  const attempt = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
      note(name);
    } catch (error) {
      // Refused cards and changes that Stripe does not allow now: as in life.
      if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === 500) throw error;
      note(`${name}, refused`);
    }
  };

  /** Through the site's checkout. */
  const buy = async (person: Person, name: string, price: string): Promise<void> => {
    if (!person.guest && person.token === null && !(await front.register(person))) return;
    if (await front.buy(person, price)) note(name);
  };

  const join = async (person: Person, day: number, customers: string[]): Promise<void> => {
    const returns = customers.length > 0;
    if (day < person.joinsOn || (returns && !dice.happens(0.06))) return;
    const [customer] = customers;
    if (customer === undefined || person.guest || dice.happens(0.7)) {
      await buy(person, returns ? 'rejoin' : 'join', dice.pick(catalogue.prices));
      return;
    }
    const name = dice.pick(['be given a trial', 'be asked by the bank'] as const);
    await attempt(name, () => RETURNS[name]({ sim, stripe, dice, prices, customer }));
  };

  const live = async (subscription: Subscription): Promise<void> => {
    for (const deed of DEEDS) {
      if (!deed.may(subscription, sim) || !dice.happens(deed.probability / leisure)) continue;
      await attempt(deed.name, () => deed.act({ sim, stripe, dice, prices, coupon, subscription }));
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
      const latest = latestSubscriptions(sim);
      for (const person of people) {
        const customers = customersOf(sim, person);
        const theirs = customers.flatMap((customer) => latest.get(customer) ?? []);
        const subscription = theirs.find((one) => !isOver(one));
        if (subscription) await live(subscription);
        else await join(person, number, customers);
        if (number > person.joinsOn && dice.happens(0.003)) {
          await buy(person, 'buy for good', dice.pick(catalogue.once));
        }
      }
      closeDisputes();
    },
  };
};
