import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { buildWhatIsStale } from '../../scripts/demo/build';
import { TEMPORARY } from '../../scripts/demo/paths';
import { DRIFT_EVERY } from './reconcile/copies';
import type {
  Progress,
  Requests,
  SiteMessage,
  SiteOrder,
  StripeMessage,
  StripeOrder,
} from './reconcile/protocol';
import { print, say, type Bench } from './support/bench';

const SIZES = { full: 100_000, quick: 2_000 };
const PAGE = 100;
const REPEATED = 5;
/** Of the Strapi process, in megabytes: the bar of the issue. */
const PEAK_BAR = 512;

/** A process of the bench's own, and what it tells. */
interface Part<Order, Message> {
  child: ChildProcess;
  ask(order: Order): void;
  /** The first message that fits, from now on. @throws Error when the process ends before */
  until<Found extends Message>(fits: (message: Message) => message is Found): Promise<Found>;
}

const begin = <Order extends object, Message>(
  file: string,
  env: Record<string, string> = {}
): Part<Order, Message> => {
  const child = fork(path.join(__dirname, 'reconcile', file), {
    env: { ...process.env, ...env },
    execArgv: ['--import', 'tsx'],
  });
  return {
    child,
    ask: (order) => void child.send(order),
    until: <Found extends Message>(fits: (message: Message) => message is Found) =>
      new Promise<Found>((resolve, reject) => {
        const gone = () => reject(new Error(`${file} ended`));
        const listen = (message: Message) => {
          if (!fits(message)) return;
          child.off('message', listen).off('exit', gone);
          resolve(message);
        };
        child.on('message', listen).once('exit', gone);
      }),
  };
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else server.close(() => resolve(address.port));
    });
  });

const isKind =
  <Message extends { kind: string }, Kind extends Message['kind']>(kind: Kind) =>
  (message: Message): message is Extract<Message, { kind: Kind }> =>
    message.kind === kind;

const progress =
  (fits: (progress: Progress) => boolean) =>
  (message: SiteMessage): message is Progress =>
    message.kind === 'progress' && fits(message);

/**
 * A full walk over as many subscriptions and their invoices, at the default pace, with the site killed
 * in the middle. It fails when the walk starts over, finds too much or too little, or takes more memory
 * than it may.
 */
export const reconcile: Bench = async ({ quick, only }) => {
  const count = quick ? SIZES.quick : SIZES.full;
  await buildWhatIsStale({ admin: false }, say);
  mkdirSync(TEMPORARY, { recursive: true });
  const folder = mkdtempSync(path.join(TEMPORARY, 'bench-reconcile-'));
  const stripe = begin<StripeOrder, StripeMessage>('stripe-process.ts');
  const children = [stripe.child];
  try {
    const { url, secretKey } = await stripe.until(isKind('ready'));
    const env = {
      BENCH_FOLDER: folder,
      BENCH_PORT: String(await freePort()),
      BENCH_COUNT: String(count),
      STRIPE_API_BASE: url,
      STRIPE_SECRET_KEY: secretKey,
    };
    const open = (file = 'site-process.ts') => {
      const site = begin<SiteOrder, SiteMessage>(file, env);
      children.push(site.child);
      return site;
    };
    const requests = async (): Promise<Requests> => {
      stripe.ask({ kind: 'requests' });
      return (await stripe.until(isKind('requests'))).requests;
    };

    const seeding = Date.now();
    const seed = open('seed-process.ts');
    const { template } = await seed.until(isKind('template'));
    stripe.ask({ kind: 'fill', template, count });
    await Promise.all([seed.until(isKind('seeded')), stripe.until(isKind('filled'))]);
    await ended(seed.child);
    say(`${count} subscriptions on both sides in ${(Date.now() - seeding) / 1000} s`);

    const before = await requests();
    const first = open();
    await first.until(isKind('ready'));
    const started = Date.now();
    first.ask({ kind: 'start' });
    // Past the middle of the subscriptions.
    const killed = await first.until(
      progress(({ status, done }) => status === 'running' && done >= count / 2)
    );
    const atKill = await requests();
    first.child.kill('SIGKILL');
    await ended(first.child);
    const down = Date.now();
    say(`killed after ${killed.done} objects`);

    const second = open();
    await second.until(isKind('ready'));
    const resumed = await second.until(progress(({ done }) => done > killed.done));
    const up = Date.now();
    const done = await second.until(progress(({ status }) => status !== 'running'));
    const finished = Date.now();
    const after = await requests();
    second.ask({ kind: 'stop' });
    await ended(second.child);

    const seconds = (finished - started - (up - down)) / 1000;
    const walked = after.all - before.all;
    const peak = Math.max(killed.peak, resumed.peak, done.peak);
    const expected = Math.ceil(count / DRIFT_EVERY);
    // The template is on the last page; a page that was under way, or late, is asked for again.
    const pages = Math.ceil((count + 1) / PAGE);
    const asked = after.subscriptions - before.subscriptions;
    const startedOver = after.begun - before.begun !== 1 || asked > pages + REPEATED;
    const figures = { walk: 'reconcile walk', kill: 'reconcile resumed after a kill' };
    if (figures.walk.includes(only)) {
      print({
        name: figures.walk,
        subscriptions: count,
        seconds,
        requests: walked,
        requestsPerSecond: walked / seconds,
        peakMb: peak,
        peakBarMb: PEAK_BAR,
        differences: done.differences,
        expected,
        status: done.status,
      });
    }
    if (figures.kill.includes(only)) {
      print({
        name: figures.kill,
        killedAt: killed.done,
        pagesAtKill: atKill.subscriptions - before.subscriptions,
        pages,
        pagesAsked: asked,
        startedOver,
        secondsUntilResumed: (up - down) / 1000,
      });
    }
    return (
      done.status === 'done' && done.differences === expected && peak < PEAK_BAR && !startedOver
    );
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
};
