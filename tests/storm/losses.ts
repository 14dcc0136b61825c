import type { StripeSimulator } from '../stripe';
import type { EventRecord } from '../stripe/types';
import type { Difference } from './compare';

const textAt = (value: unknown, key: string): string | undefined => {
  const text: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof text === 'string' ? text : undefined;
};

/** Events that no site ever took: dropped on their way, or refused for too long. */
export const lostEvents = (sim: StripeSimulator, since: number): EventRecord[] => {
  const taken = new Set(sim.deliveries().flatMap(({ ok, event }) => (ok ? [event] : [])));
  return sim
    .events()
    .slice(since)
    .filter(({ id }) => !taken.has(id));
};

/** The customers that lost events are about. */
const customersOf = (sim: StripeSimulator, events: readonly EventRecord[]): Set<string> => {
  const { charges } = sim.worldFor(false).tables;
  return new Set(
    events.map(({ data }) => {
      const object: unknown = data.object;
      if (textAt(object, 'object') === 'customer') return String(textAt(object, 'id'));
      const charge = charges.get(textAt(object, 'charge') ?? '');
      return String(textAt(object, 'customer') ?? charge?.customer);
    })
  );
};

/** Differences that no lost event accounts for: what was delivered was not worked off rightly. */
export const unexplained = (
  sim: StripeSimulator,
  differences: readonly Difference[],
  lost: readonly EventRecord[]
): Difference[] => {
  const { subscriptions, invoices } = sim.worldFor(false).tables;
  const hit = customersOf(sim, lost);
  return differences.filter(({ of, id }) => {
    // Sums of members: their subscriptions tell.
    if (of === 'revenue' || of === 'ledger') return false;
    const customer = (subscriptions.get(id) ?? invoices.get(id))?.customer;
    return !hit.has(String(customer));
  });
};
