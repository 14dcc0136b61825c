import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StripeSimulator } from '../../tests/stripe';

type World = ReturnType<StripeSimulator['worldFor']>;
type Rows = Record<string, { id: string; object: string }[]>;

interface Snapshot {
  /** Milliseconds the simulator's clock is ahead of the machine's. */
  ahead: number;
  reminders: string[];
  maps: Record<string, [string, unknown][]>;
  tables: Rows;
}

/** Made anew at each start: they carry the ports of the last one. */
const NOT_KEPT = new Set(['webhookEndpoints', 'portalSessions']);

const mapsOf = (world: World): Record<string, Map<string, unknown>> => ({
  checkoutPlans: world.checkoutPlans,
  lineItems: world.lineItems,
  paymentByInvoice: world.paymentByInvoice,
});

const take = (simulator: StripeSimulator): Snapshot => {
  const world = simulator.worldFor(false);
  const kept = Object.entries(world.tables).filter(([name]) => !NOT_KEPT.has(name));
  return {
    ahead: simulator.now() - Date.now(),
    reminders: [...world.reminders],
    maps: Object.fromEntries(Object.entries(mapsOf(world)).map(([name, map]) => [name, [...map]])),
    tables: Object.fromEntries(kept.map(([name, table]) => [name, table.all()])),
  };
};

const restore = (simulator: StripeSimulator, snapshot: Snapshot): void => {
  const world = simulator.worldFor(false);
  // Before the rows: what a row still has to do depends on what it was reminded of.
  for (const reminder of snapshot.reminders) world.reminders.add(reminder);
  for (const [name, map] of Object.entries(mapsOf(world))) {
    for (const [key, value] of snapshot.maps[name] ?? []) map.set(key, value);
  }
  for (const [name, table] of Object.entries(world.tables)) {
    const put = table.put.bind(table) as (row: { id: string; object: string }) => unknown;
    for (const row of snapshot.tables[name] ?? []) put(row);
  }
};

export interface StripeState {
  save(): void;
}

/**
 * Keeps what the simulator holds in a file beside the demo's database: a subscription bought
 * yesterday renews today, and can be managed.
 */
export const keepStripeState = async (
  simulator: StripeSimulator,
  file: string
): Promise<StripeState> => {
  if (existsSync(file)) {
    const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
    await simulator.advance({ to: Date.now() + snapshot.ahead });
    restore(simulator, snapshot);
  }
  let due: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(due);
    due = undefined;
    mkdirSync(path.dirname(file), { recursive: true });
    // Written beside and renamed: a demo that is killed leaves the last whole state.
    writeFileSync(`${file}.new`, JSON.stringify(take(simulator)));
    renameSync(`${file}.new`, file);
  };
  simulator.onEvent(() => {
    due ??= setTimeout(save, 300).unref();
  });
  return { save };
};
