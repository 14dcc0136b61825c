import type Stripe from 'stripe';
import type { PendingUpdate } from './engine/after-payment';
import { Agenda } from './engine/agenda';
import { dueAt, type Debit } from './engine/due';
import { noSuch } from './http/errors';
import type { Collection } from './store/collection';
import { createTables, type Tables } from './store/tables';
import type { CheckoutPlan } from './engine/checkout-plan';
import type { PriceDetails } from './engine/price-amount';
import type { CouponDetails } from './engine/discounts';
import type { Account, ActiveEntitlement, AnyObject, EventRecord, LineItem, Price } from './types';

/** How the simulated account is set up (Billing settings of Stripe's dashboard). */
export interface Settings {
  /** Seconds a renewal's invoice stays a draft; Stripe waits about an hour. */
  finalizeAfter: number;
  /** Days between a failed attempt and the next, one per retry. */
  retryDays: number[];
  /** What happens to a subscription when the last retry fails. */
  afterRetries: 'cancel' | 'unpaid' | 'past_due';
  /** Days before a renewal at which `invoice.upcoming` is sent; 0 never sends it. */
  upcomingDays: number;
  /** Seconds a slow debit takes: three minutes for a test account, days in life. */
  slowDebit: number;
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
  /** What was bought by sessions whose debit is on its way. */
  readonly purchases: Map<string, CheckoutPlan>;
  /** Tiers and other currencies of each price; only sent when they are asked for. */
  readonly priceDetails: Map<string, PriceDetails>;
  /** To which products and in which other currencies each coupon applies. */
  readonly couponDetails: Map<string, CouponDetails>;
  /** What each Checkout Session sells; only sent when it is asked for. */
  readonly lineItems: Map<string, LineItem[]>;
  /** The id of the payment each finalised invoice asks for. */
  readonly paymentByInvoice: Map<string, string>;
  /** Debits on their way: when (seconds) and on which clock the bank answers, by intent. */
  readonly debits: Map<string, Debit>;
  /** What each Checkout Session is asked to pay with. */
  readonly sessionByIntent: Map<string, string>;
  /** Changes of subscriptions that wait for a payment, by subscription. */
  readonly pendingUpdates: Map<string, PendingUpdate>;
  /** Paused subscriptions that wait for a payment, by its invoice. */
  readonly resuming: Map<string, string>;
  /** When (seconds, simulator's own time) each event was recorded. */
  readonly recordedAt: Map<string, number>;
  /** Which product each product feature is of. */
  readonly featureOwners: Map<string, string>;
  /** What each customer was last told to be entitled to. */
  readonly entitled: Map<string, ActiveEntitlement[]>;
  /** Ids of active entitlements, by `customer:feature`. */
  readonly entitlementIds: Map<string, string>;
  /** What each quote sells. */
  readonly quoted: Map<string, { price: Price; quantity: number }[]>;
  /** What was counted by meters: how much (units) of whose, when (seconds). */
  readonly usage: { meter: string; customer: string; timestamp: number; value: number }[];
  /** IBANs by the fingerprint of their payment method; no answer shows one. */
  readonly ibans: Map<string, string>;
  /** Reminders already sent, such as `trial_will_end:sub_…`. */
  readonly reminders: Set<string>;
  /** The base of every link to a hosted page. */
  readonly url: () => string;
  /** Seconds, on a test clock or on the simulator's own. */
  readonly now: (testClock?: string | null) => number;
  readonly agendaOf: (testClock: string | null) => Agenda;
  readonly publish: (event: EventRecord) => void;
  readonly otherMode: () => World;
  /** Does something once the call being served is answered; at once when there is none. */
  readonly afterwards: (task: () => void) => void;
  /** Tries something out: what it answers is kept, what it does is not, and nobody hears of it. */
  readonly rehearse: <Result>(task: () => Result) => Result;
  /** Does what was put off until the answer. */
  readonly settle: () => void;
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
  const debits = new Map<string, Debit>();
  const memory = { reminders, debits, upcoming: options.settings.upcomingDays * 86_400 };
  let later: (() => void)[] = [];
  let rehearsing = false;
  const agendaOf = (testClock: string | null): Agenda => {
    const key = testClock ?? '';
    const agenda = agendas.get(key) ?? new Agenda();
    agendas.set(key, agenda);
    return agenda;
  };
  const tables = createTables((row: AnyObject) => {
    if (rehearsing) return;
    const due = dueAt(row, memory);
    if (due) agendaOf(due.testClock).set(`${row.object}:${row.id}`, due.at);
  });
  const world: World = {
    livemode: options.livemode,
    account: options.account,
    settings: options.settings,
    tables,
    checkoutPlans: new Map(),
    purchases: new Map(),
    priceDetails: new Map(),
    couponDetails: new Map(),
    lineItems: new Map(),
    paymentByInvoice: new Map(),
    debits,
    sessionByIntent: new Map(),
    pendingUpdates: new Map(),
    resuming: new Map(),
    recordedAt: new Map(),
    featureOwners: new Map(),
    entitled: new Map(),
    entitlementIds: new Map(),
    quoted: new Map(),
    usage: [],
    ibans: new Map(),
    reminders,
    url: options.url,
    now: (testClock) =>
      (testClock && tables.testClocks.get(testClock)?.frozen_time) || options.globalNow(),
    agendaOf,
    publish: (event) => {
      if (!rehearsing) options.publish(world, event);
    },
    otherMode: options.otherMode,
    afterwards: (task) => {
      if (rehearsing) return;
      if (world.request.id === null) task();
      else later.push(task);
    },
    rehearse: (task) => {
      const back = Object.values(tables).map((table) => table.mark());
      rehearsing = true;
      try {
        return task();
      } finally {
        for (const restore of back) restore();
        rehearsing = false;
      }
    },
    settle: () => {
      const tasks = later;
      later = [];
      for (const task of tasks) task();
    },
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
