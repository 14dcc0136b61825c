import type Stripe from 'stripe';
import { Agenda } from './engine/agenda';
import { dueAt } from './engine/due';
import { noSuch } from './http/errors';
import type { Collection } from './store/collection';
import { createTables, type Tables } from './store/tables';
import type { CheckoutPlan } from './engine/checkout-plan';
import type { Account, AnyObject, EventRecord, LineItem } from './types';

/** How the simulated account is set up (Billing settings of Stripe's dashboard). */
export interface Settings {
  /** Seconds a renewal's invoice stays a draft; Stripe waits about an hour. */
  finalizeAfter: number;
  /** Days between a failed attempt and the next, one per retry. */
  retryDays: number[];
  /** What happens to a subscription when the last retry fails. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
}

/** The call being served, as its events name it. */
export interface RequestInfo {
  id: string | null;
  idempotency_key: string | null;
}

/** One mode (test or live) of the account: what it holds and what its time is. */
export interface World {
  readonly livemode: boolean;
  readonly account: Account;
  readonly settings: Settings;
  readonly tables: Tables;
  /** What Checkout will make of each open session; Stripe keeps it, no answer shows it. */
  readonly checkoutPlans: Map<string, CheckoutPlan>;
  /** What each Checkout Session sells; only sent when it is asked for. */
  readonly lineItems: Map<string, LineItem[]>;
  /** The id of the payment each finalised invoice asks for. */
  readonly paymentByInvoice: Map<string, string>;
  /** Reminders already sent, such as `trial_will_end:sub_…`. */
  readonly reminders: Set<string>;
  /** The base of every link to a hosted page. */
  readonly url: () => string;
  /** Seconds, on a test clock or on the simulator's own. */
  readonly now: (testClock?: string | null) => number;
  readonly agendaOf: (testClock: string | null) => Agenda;
  readonly publish: (event: EventRecord) => void;
  readonly otherMode: () => World;
  request: RequestInfo;
}

export interface WorldOptions {
  livemode: boolean;
  account: Account;
  settings: Settings;
  url: () => string;
  /** Seconds. */
  globalNow: () => number;
  publish: (world: World, event: EventRecord) => void;
  otherMode: () => World;
}

export function createWorld(options: WorldOptions): World {
  const agendas = new Map<string, Agenda>();
  const reminders = new Set<string>();
  const agendaOf = (testClock: string | null): Agenda => {
    const key = testClock ?? '';
    const agenda = agendas.get(key) ?? new Agenda();
    agendas.set(key, agenda);
    return agenda;
  };
  const tables = createTables((row: AnyObject) => {
    const due = dueAt(row, reminders);
    if (due) agendaOf(due.testClock).set(`${row.object}:${row.id}`, due.at);
  });
  const world: World = {
    livemode: options.livemode,
    account: options.account,
    settings: options.settings,
    tables,
    checkoutPlans: new Map(),
    lineItems: new Map(),
    paymentByInvoice: new Map(),
    reminders,
    url: options.url,
    now: (testClock) =>
      (testClock && tables.testClocks.get(testClock)?.frozen_time) || options.globalNow(),
    agendaOf,
    publish: (event) => options.publish(world, event),
    otherMode: options.otherMode,
    request: { id: null, idempotency_key: null },
  };
  return world;
}

/**
 * The row, or Stripe's `resource_missing`, which says so when the other mode has it.
 * `param` is `id` for the object the path names.
 */
export function need<Row extends AnyObject>(
  world: World,
  pick: (tables: Tables) => Collection<Row>,
  id: string,
  param = 'id'
): Row {
  const table = pick(world.tables);
  const row = table.get(id);
  if (row) return row;
  const inOtherMode = pick(world.otherMode().tables).get(id);
  const elsewhere = inOtherMode ? (world.livemode ? 'test' : 'live') : undefined;
  throw noSuch(table.label, id, param, elsewhere);
}

export type EventType = Stripe.Event.Type;
