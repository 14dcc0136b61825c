import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startStripe, type StripeSimulator } from '../stripe';
import { createActors } from './actors';
import { openBooks } from './books';
import { stockUp, type Catalogue } from './catalogue';
import { keepChronicle, type Chronicle } from './chronicle';
import { compare, type Comparison, type Difference } from './compare';
import { createDice, type Dice } from './dice';
import { makeFolder, openFleet, type Fleet } from './fleet';
import { openFront } from './front';
import { readHeld } from './held';
import { lostEvents, unexplained, type Unexplained } from './losses';
import { gather } from './people';
import { openProxy } from './proxy';
import type { Settings } from './settings';
import { openStaleStripe } from './stale';
import { stripeClient } from '../stripe';
import { DAY, MINUTE, pause, startTime, type Time } from './time';
import { readTruth } from './truth';
import { bad, openEndpoints, RETRY_DELAYS } from './weather';

const DAYS_A_MONTH = 30;
const START = Date.UTC(2026, 0, 15, 12);
const SECRET = 'whsec_storm';

export interface Outcome {
  settings: Settings;
  figures: Record<string, number>;
  deeds: Record<string, number>;
  /** Differences while events were lost, and after they were made up for. */
  before: Difference[];
  after: Difference[];
  unexplained: Unexplained;
}

/** Everything that was received is worked off, what was put off too. */
const calm = async (sim: StripeSimulator, fleet: Fleet, time: Time): Promise<void> => {
  for (let step = 1; step <= 40; step += 1) {
    await sim.idle();
    await time.during(fleet.idle());
    if ((await fleet.ask({ ask: 'pending' })) === 0) return;
    await time.advance(Math.min(step, 12) * 5 * MINUTE);
  }
};

const look = async (
  sim: StripeSimulator,
  fleet: Fleet,
  catalogue: Catalogue,
  chronicle: Chronicle
): Promise<Comparison> => {
  const held = await readHeld(fleet, sim.now());
  const books = openBooks(sim);
  const { differences, ...sizes } = compare(readTruth(books, catalogue), held, books, chronicle);
  const sent = held.messages.filter(({ status }) => status === 'sent').length;
  const failed = held.messages.filter(({ status }) => status === 'failed').length;
  const mails = readdirSync(path.join(fleet.folder, 'mailbox'), { withFileTypes: true }).length;
  // Marked failed before it is sent: killed in between, it went out and is never sent again.
  const mailed =
    mails < sent || mails > sent + failed
      ? [{ of: 'mail', id: 'all', field: 'count', expected: sent, found: mails }]
      : [];
  return { ...sizes, differences: [...differences, ...mailed] };
};

/** One storm: months of members' lives on bad lines, then calm, then the comparison. */
export const runStorm = async (
  settings: Settings,
  say: (line: string) => void
): Promise<Outcome> => {
  const { seed, members, months, database, instances, leisure, sabotage } = settings;
  const started = performance.now();
  const dice: Dice = createDice(seed);
  const sim = await startStripe({
    now: START,
    retryDelays: RETRY_DELAYS,
    settings: { slowDebit: (5 * DAY) / 1000 },
  });
  const folder = makeFolder();
  const time = startTime(sim, path.join(folder, 'clock'));

  const stale = sabotage === 'refetch' ? await openStaleStripe(sim.url) : null;
  let fleet: Fleet | null = null;
  const proxy = await openProxy(
    () => fleet?.ports() ?? [],
    (body) => stale?.heard(body)
  );
  try {
    fleet = await openFleet(folder, {
      database,
      instances,
      env: {
        PUBLIC_URL: proxy.url,
        STRIPE_SECRET_KEY: sim.secretKey,
        STRIPE_WEBHOOK_SECRET: SECRET,
        STRIPE_API_BASE: stale?.url ?? sim.url,
        // Months pass in minutes: a pace for real Stripe would be a standstill.
        MEMBERSHIPS_OPTIONS: JSON.stringify({
          limits: { perMinute: 1_000_000 },
          stripe: { requestsPerSecond: 10_000, restMilliseconds: 300 },
          // What was lost stays lost until it is counted; then it is repaired, all of it at once.
          reconcile: { everyMinutes: null, hour: null },
        }),
      },
    });
    if (sabotage === 'index') {
      await fleet.ask({ ask: 'sql', statement: 'DROP INDEX memberships_inbox_stripe_uq' });
    }
    const catalogue = await stockUp(fleet);
    const chronicle = keepChronicle(sim, catalogue);
    const coupon = await stripeClient(sim).coupons.create({ percent_off: 20, duration: 'forever' });
    say(`${settings.instances} site(s) up after ${seconds(started)} s`);

    openEndpoints(sim, proxy.url, SECRET);
    const first = sim.events().length;
    sim.faults.set(bad(seed));
    const days = months * DAYS_A_MONTH;
    const front = openFront(proxy.url, sim, dice, time);
    const people = gather(dice, members, Math.floor(days / 2));
    const actors = createActors(people, {
      sim,
      front,
      dice,
      catalogue,
      coupon: coupon.id,
      leisure,
    });
    const killEvery = Math.max(30, Math.floor(days / 8));
    let daysDown = 0;

    for (let day = 0; day < days; day += 1) {
      await actors.day(day);
      const blow =
        day % killEvery === killEvery - 1
          ? pause(dice.below(200)).then(() => fleet?.strike(day, dice.pick([0, 300, 1500])))
          : null;
      await time.advance(DAY);
      await Promise.race([sim.idle(), pause(100)]);
      await blow;
      // An outage lasts a few days of theirs; a boot, which takes as long, would be months.
      daysDown = fleet.ports().length === 0 ? daysDown + 1 : 0;
      if (daysDown > 2) await fleet.whole();
      if (day % 4 === 3) await sim.idle();
      if (day % DAYS_A_MONTH === DAYS_A_MONTH - 1) {
        say(
          `month ${(day + 1) / DAYS_A_MONTH}: ${sim.events().length} events, ${seconds(started)} s`
        );
      }
    }

    sim.faults.clear();
    await fleet.whole();
    await calm(sim, fleet, time);
    const lost = lostEvents(sim, first);
    const before = await look(sim, fleet, catalogue, chronicle);
    const repaired = await time.during(fleet.reconcile());
    await calm(sim, fleet, time);
    const after = await look(sim, fleet, catalogue, chronicle);

    const struck = (kind: string) => sim.faults.log.filter((one) => one.kind === kind).length;
    return {
      settings,
      before: before.differences,
      after: after.differences,
      unexplained: unexplained(sim, lost, before.differences, repaired),
      deeds: Object.fromEntries(actors.done),
      figures: {
        events: sim.events().length - first,
        deliveries: sim.deliveries().length,
        dropped: struck('drop'),
        lost: lost.length,
        duplicated: struck('duplicate'),
        delayed: struck('delay'),
        reordered: struck('reorder'),
        forged: ['corrupt', 'wrong_secret', 'old_timestamp', 'future_timestamp']
          .map(struck)
          .reduce((sum, count) => sum + count, 0),
        'refused while down': proxy.refused(),
        kills: fleet.kills(),
        rows: after.rows,
        fields: after.fields,
        violations: sim.violations.length,
        'differences before': before.differences.length,
        repaired: repaired.length,
        differences: after.differences.length,
        seconds: Number(seconds(started)),
      },
    };
  } finally {
    await fleet?.stop();
    await proxy.close();
    await stale?.close();
    await sim.close();
    time.close();
  }
};

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
