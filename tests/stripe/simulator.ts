import { buildAccount } from './account';
import { createBank } from './bank';
import { advanceTo, catchUp } from './engine/advance';
import { createClock } from './engine/clock';
import { completeCheckout, type Completed, type Payment } from './engine/checkout';
import { authenticate } from './engine/outcomes';
import { authenticateSetup } from './engine/setups';
import { emit } from './events/record';
import type { Delivery } from './events/delivery';
import { Outbox } from './events/outbox';
import { Faults } from './faults/faults';
import { noSuch } from './http/errors';
import { addEndpoint } from './resources/webhook-endpoints';
import { violations } from './schema/validate';
import type { Account, EventRecord } from './types';
import { createWorld, type Settings, type World } from './world';

export interface SimulatorOptions {
  /** Milliseconds. Given, the clock starts there and stands still until moved; else it is the machine's. */
  now?: number;
  account?: Partial<Account>;
  settings?: Partial<Settings>;
  /** Real milliseconds before each further attempt to deliver a webhook. */
  retryDelays?: number[];
  /** Whether every answer and event is checked against the library's types. On by default. */
  validate?: boolean;
}

const defaults: Settings = {
  finalizeAfter: 3600,
  retryDays: [3, 5, 7],
  afterRetries: 'cancel',
  upcomingDays: 7,
  slowDebit: 180,
};

/** The state and the behaviour, without any server around it. */
export function createSimulator(options: SimulatorOptions, url: () => string) {
  const clock = createClock(options.now);
  const account = buildAccount(options.account);
  const settings = { ...defaults, ...options.settings };
  const faults = new Faults();
  const outbox = new Outbox(options.retryDelays ?? [50, 200, 1000], faults);
  const found: string[] = [];
  const listeners = new Set<(event: EventRecord) => void>();
  const validate = options.validate ?? true;

  const publish = (world: World, event: EventRecord): void => {
    if (validate) {
      found.push(
        ...violations(JSON.parse(JSON.stringify(event))).map((each) => `${event.type}: ${each}`)
      );
    }
    const pending = outbox.send(world, event);
    const stored = { ...event, pending_webhooks: pending };
    world.tables.events.put(stored);
    world.recordedAt.set(event.id, world.now());
    for (const listener of listeners) listener(stored);
  };

  const make = (livemode: boolean): World =>
    createWorld({
      livemode,
      account,
      settings,
      url,
      globalNow: () => Math.floor(clock.now() / 1000),
      publish,
      otherMode: () => worldFor(!livemode),
    });
  const test = make(false);
  const live = make(true);
  const worldFor = (livemode: boolean): World => (livemode ? live : test);
  const worlds = [test, live];
  const catchUpNow = () => catchUp(worlds, clock);

  async function advance(
    step: number | { to: number },
    { settle = false }: { settle?: boolean } = {}
  ): Promise<number> {
    const target = typeof step === 'number' ? clock.now() + step : step.to;
    await advanceTo(worlds, clock, target, settle ? () => outbox.idle() : undefined);
    if (settle) await outbox.idle();
    return clock.now();
  }

  function pay(
    sessionId: string,
    payment: Payment & { outcome?: 'pay' | 'decline' } = {}
  ): Completed {
    catchUpNow();
    const world = worldFor(sessionId.startsWith('cs_live_'));
    const declined = payment.outcome === 'decline' ? { card: 'pm_card_chargeDeclined' } : {};
    return completeCheckout(world, sessionId, { ...payment, ...declined });
  }

  function addWebhook(
    target: string,
    given: { events?: string[]; secret?: string; livemode?: boolean; apiVersion?: string } = {}
  ): { id: string; secret: string } {
    const { id, secret } = addEndpoint(worldFor(given.livemode ?? false), {
      url: target,
      enabled_events: given.events ?? ['*'],
      ...(given.secret ? { secret: given.secret } : {}),
      ...(given.apiVersion ? { api_version: given.apiVersion } : {}),
    });
    return { id, secret };
  }

  /** A card's holder confirms a payment or a setup that waits for it, or refuses to. */
  function answerHolder(intent: string, agrees = true): void {
    catchUpNow();
    const world = worlds.find(
      ({ tables }) => tables.paymentIntents.get(intent) ?? tables.setupIntents.get(intent)
    );
    if (!world) throw noSuch('intent', intent, 'intent');
    if (intent.startsWith('seti_')) authenticateSetup(world, intent, agrees);
    else authenticate(world, intent, agrees);
  }

  /** Sends a stored event once more, as the dashboard's Resend does. */
  function resend(eventId: string): void {
    for (const world of worlds) {
      const event = world.tables.events.get(eventId);
      if (event) outbox.send(world, event);
    }
  }

  return {
    /** Milliseconds. */
    now: () => clock.now(),
    advance,
    pay,
    addWebhook,
    resend,
    emit,
    worldFor,
    /** What goes wrong, on purpose. */
    faults,
    authenticate: answerHolder,
    /** What banks do without anybody asking. */
    bank: createBank(worlds),
    idle: () => outbox.idle(),
    deliveries: (): Delivery[] => [...outbox.log],
    events: (livemode = false): EventRecord[] => worldFor(livemode).tables.events.all(),
    /** Calls back with every event as it is recorded; returns the way out. */
    onEvent: (listener: (event: EventRecord) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    catchUp: catchUpNow,
    violations: found,
    validate,
    stop: () => outbox.close(),
  };
}

export type Simulator = ReturnType<typeof createSimulator>;
