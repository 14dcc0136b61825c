import { isDeepStrictEqual } from 'node:util';
import type { StripeSimulator } from '../stripe';
import type { Invoice, Subscription } from '../stripe/types';
import { personOf } from './books';
import type { Catalogue } from './catalogue';
import { entitledBy, type Entitled } from './entitled';
import { at, textAt } from './reading';
import { revenueOf } from './recurring';

/** What a subscription was from one instant on. */
export interface Step {
  /** Milliseconds. */
  at: number;
  status: string;
  entitled: Entitled;
  revenue: ReadonlyMap<string, number>;
  /** Why it ended, or is going to. */
  reason: string | null;
}

/** Everything that each subscription ever was, in order: what the site's dates are held against. */
export interface Chronicle {
  of(subscription: string): readonly Step[];
  close(): void;
}

const put = (index: Map<string, Set<string>>, key: string, id: string): void => {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
};

/** Looks, with every event that Stripe records, at the subscriptions of whom it is about. */
export const keepChronicle = (sim: StripeSimulator, { tierOf }: Catalogue): Chronicle => {
  const { tables } = sim.worldFor(false);
  const steps = new Map<string, Step[]>();
  const invoices = new Map<string, Set<string>>();
  const subscriptions = new Map<string, Set<string>>();

  const rows = <T>(ids: Set<string> | undefined, get: (id: string) => T | undefined): T[] =>
    [...(ids ?? [])].flatMap((id) => get(id) ?? []);

  const look = (one: Subscription, theirs: Subscription[]): void => {
    const owed: Invoice[] = rows(invoices.get(one.id), (id) => tables.invoices.get(id));
    const details = one.cancellation_details;
    const state = {
      status: one.status,
      entitled: entitledBy(one, owed, theirs, tierOf),
      revenue: revenueOf(tables, one, tierOf),
      reason: details?.feedback ?? details?.reason ?? null,
    };
    const all = steps.get(one.id) ?? [];
    steps.set(one.id, all);
    const { at: _, ...last } = all.at(-1) ?? { at: 0 };
    if (!isDeepStrictEqual(last, state)) all.push({ at: sim.now(), ...state });
  };

  const close = sim.onEvent(({ data }) => {
    const object: unknown = data.object;
    const customer = textAt(object, 'customer') ?? textAt(object, 'id') ?? '';
    const person = personOf(tables.customers, customer);
    const id = textAt(object, 'id') ?? '';
    const kind = at(object, 'object');
    if (kind === 'subscription') put(subscriptions, person, id);
    const bills = textAt(object, 'parent', 'subscription_details', 'subscription');
    if (kind === 'invoice' && bills) put(invoices, bills, id);
    const theirs = rows(subscriptions.get(person), (each) => tables.subscriptions.get(each));
    for (const one of theirs) look(one, theirs);
  });

  return { of: (subscription) => steps.get(subscription) ?? [], close };
};
