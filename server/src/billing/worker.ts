import type { Core } from '@strapi/strapi';
import { getConfig } from '../config';
import {
  alone,
  batchOf,
  dueKeys,
  isDuplicate,
  LeaseLost,
  markFailed,
  tryAlone,
  wishFor,
  type Lease,
  type Scope,
} from '../store';
import type { StripeAccess } from './client';
import { createRests } from './rests';
import { syncKey } from './sync';

/** Longer than the slowest fetch: its time-outs and the library's own retries. Milliseconds. */
const LEASE_MS = 120_000;
const KEYS_AT_ONCE = 4;
const KEYS_PER_ROUND = 100;

/** How often new work is looked for while some of it takes its time. Machine milliseconds. */
const LOOK_MS = 500;

const look = (): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, LOOK_MS).unref());

export interface Worker {
  /** Works off what is due, once; a call during a run makes it look again before it ends. */
  run(): Promise<void>;
  /**
   * Fetches one key now and answers once that is written: the success page and Retry take the same
   * way as an event.
   *
   * @throws whatever the fetch threw; the row stays in the inbox and is tried again
   */
  syncNow(key: string): Promise<void>;
  /** Works off what waits of one key now, before the rest of the queue; a failure is on its rows. */
  tryNow(key: string): Promise<void>;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Fetches and writes per dirty key, each key by one worker at a time on however many instances. */
export const createWorker = (strapi: Core.Strapi, stripe: StripeAccess): Worker => {
  const rests = createRests(getConfig(strapi).stripe.restMilliseconds);

  /** @returns false when another worker took the lease meanwhile: what it fetched is newer */
  const process = async (
    access: StripeAccess,
    scope: Scope,
    key: string,
    lease: Lease,
    isAwaited: boolean
  ): Promise<boolean> => {
    const batch = await batchOf(strapi, scope, key);
    if (batch.pending.length === 0) return true;
    rests.begin(key);
    const follow = (other: string) => withKey(access, scope, other);
    // Who follows a key needs what it leads to: a charge its payment.
    const refer = isAwaited ? follow : (other: string) => wishFor(strapi, scope, other);
    try {
      await syncKey({ strapi, stripe: access, scope, lease, batch, refer }, key, follow);
      return true;
    } catch (error) {
      if (error instanceof LeaseLost) return false;
      await markFailed(strapi, batch, reasonOf(error));
      throw error;
    }
  };

  const leaseOf = ({ account, livemode }: Scope, key: string): string =>
    `sync:${account}:${livemode}:${key}`;

  /** @returns whether the key was worked off; another worker may have it */
  const tryKey = async (scope: Scope, key: string): Promise<boolean> => {
    const done = await tryAlone(strapi, leaseOf(scope, key), LEASE_MS, (lease) =>
      process(stripe.paced, scope, key, lease, false)
    );
    return done?.result ?? false;
  };

  /** Works off what waits of a key, waiting for whoever has it. */
  const workOff = async (access: StripeAccess, scope: Scope, key: string): Promise<void> => {
    const work = () =>
      alone(strapi, leaseOf(scope, key), LEASE_MS, (lease) =>
        process(access, scope, key, lease, true)
      );
    // What another fetched later is newer: its turn first, then what is left of ours.
    while (!(await work()));
  };

  /** Stores a wish for a key and works it off. */
  const withKey = async (access: StripeAccess, scope: Scope, key: string): Promise<void> => {
    await wishFor(strapi, scope, key);
    await workOff(access, scope, key);
  };

  const warn = (error: unknown): void => {
    if (stripe.outage.explains(error) || isDuplicate(error)) return;
    strapi.log.warn(`memberships: a sync failed and will be tried again: ${reasonOf(error)}`);
  };

  const underWay = new Map<string, Promise<void>>();
  // Another worker's, or failed for a reason that was not written down: no second time in one run.
  const passedOver = new Set<string>();

  const begin = (scope: Scope, key: string): void => {
    const working = tryKey(scope, key)
      .catch((error: unknown) => {
        warn(error);
        return false;
      })
      .then((worked) => {
        if (!worked) passedOver.add(key);
        underWay.delete(key);
      });
    underWay.set(key, working);
  };

  const isFree = (key: string): boolean => !underWay.has(key) && !passedOver.has(key);

  let running: Promise<void> | null = null;
  let again = false;

  /** Keys to work off; asked for when the queue is empty, not after every key. */
  const nextKeys = async (scope: Scope): Promise<{ queue: string[]; isAnyResting: boolean }> => {
    if (again) passedOver.clear();
    again = false;
    // Those that rest stand in nobody's way.
    const free = (await dueKeys(strapi, scope, KEYS_PER_ROUND + rests.count())).filter(isFree);
    const queue = free.filter((key) => !rests.isResting(key));
    return { queue, isAnyResting: queue.length < free.length };
  };

  /** Some keys at a time: one that Stripe is slow to answer for holds up no other. */
  const work = async (): Promise<void> => {
    try {
      const scope = await stripe.scope();
      let queue: string[] = [];
      let isAnyResting = false;
      for (;;) {
        if (queue.length === 0) ({ queue, isAnyResting } = await nextKeys(scope));
        while (underWay.size < KEYS_AT_ONCE) {
          const key = queue.shift();
          if (key === undefined) break;
          begin(scope, key);
        }
        if (underWay.size > 0 || isAnyResting) {
          // What arrives meanwhile is looked for, too.
          const more = queue.length > 0 ? [] : [look()];
          await Promise.race([...underWay.values(), ...more]);
        } else if (!again) return;
      }
    } finally {
      // In the same breath as the last look: a call in between would wait for a run that is over.
      running = null;
    }
  };

  return {
    run() {
      again = true;
      running ??= work();
      return running;
    },
    async syncNow(key) {
      // Somebody looks at a spinner: a member's request waits for no slot.
      await withKey(stripe, await stripe.scope(), key);
    },
    async tryNow(key) {
      await workOff(stripe, await stripe.scope(), key).catch(warn);
    },
  };
};
