import type { StripeSimulator } from '../stripe';
import type { EventRecord } from '../stripe/types';
import type { Difference } from './compare';
import { textAt } from './reading';

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

/** Whose a key of the inbox or a payment is: `sub_…`, `in_…`, `cs_…`, `ch_…`, `pi_…` or the customer's. */
const customerOfKey = (sim: StripeSimulator, key: string): string => {
  const { tables } = sim.worldFor(false);
  const row =
    tables.subscriptions.get(key) ??
    tables.invoices.get(key) ??
    tables.checkoutSessions.get(key) ??
    tables.charges.get(key) ??
    tables.paymentIntents.get(key);
  return row ? String(row.customer) : key;
};

/**
 * What no event tells of and the comparison alone finds: a coupon counts what it is redeemed for, and
 * a card that is set on a subscription becomes its customer's with the customer's own next event.
 */
const UNTOLD = /^(coupon:|cus_)/;

/** What no lost event accounts for. */
export interface Unexplained {
  /** Differences: what was delivered was not worked off rightly. */
  differences: Difference[];
  /** Keys that the comparison with Stripe found, and nothing was wrong with. */
  repaired: string[];
}

/** @param repaired keys that the site's own comparison with Stripe found to differ */
export const unexplained = (
  sim: StripeSimulator,
  lost: readonly EventRecord[],
  differences: readonly Difference[],
  repaired: readonly string[]
): Unexplained => {
  const hit = customersOf(sim, lost);
  const isLoss = (id: string) => hit.has(customerOfKey(sim, id));
  return {
    // Sums of members follow their subscriptions, which tell.
    differences: differences.filter(
      ({ of, id }) => of !== 'revenue' && of !== 'ledger' && !isLoss(id)
    ),
    repaired: repaired.filter((key) => !UNTOLD.test(key) && !isLoss(key)),
  };
};
