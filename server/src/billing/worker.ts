import type { Core } from '@strapi/strapi';
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
import { syncKey } from './sync';

/** Longer than the slowest fetch: its time-outs and the library's own retries. Milliseconds. */
const LEASE_MS = 120_000;
const KEYS_AT_ONCE = 4;
const KEYS_PER_ROUND = 100;

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
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Fetches and writes per dirty key, each key by one worker at a time on however many instances. */
export const createWorker = (strapi: Core.Strapi, stripe: StripeAccess): Worker => {
  /** @returns false when another worker took the lease meanwhile: what it fetched is newer */
  const process = async (
    access: StripeAccess,
    scope: Scope,
    key: string,
    lease: Lease
  ): Promise<boolean> => {
    const batch = await batchOf(strapi, scope, key);
    if (batch.pending.length === 0) return true;
    try {
      await syncKey({ strapi, stripe: access, scope, lease, batch }, key, (other) =>
        withKey(access, scope, other)
      );
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
      process(stripe.paced, scope, key, lease)
    );
    return done?.result ?? false;
  };

  /** Stores a wish for a key and works it off, waiting for whoever has it. */
  const withKey = async (access: StripeAccess, scope: Scope, key: string): Promise<void> => {
    await wishFor(strapi, scope, key);
    const work = () =>
      alone(strapi, leaseOf(scope, key), LEASE_MS, (lease) => process(access, scope, key, lease));
    // What another fetched later is newer: its turn first, then what is left of ours.
    while (!(await work()));
  };

  const round = async (scope: Scope): Promise<number> => {
    const keys = await dueKeys(strapi, scope, KEYS_PER_ROUND);
    let worked = 0;
    for (let at = 0; at < keys.length; at += KEYS_AT_ONCE) {
      const results = await Promise.allSettled(
        keys.slice(at, at + KEYS_AT_ONCE).map((key) => tryKey(scope, key))
      );
      for (const result of results) {
        if (result.status === 'fulfilled') worked += Number(result.value);
        else if (!stripe.outage.explains(result.reason) && !isDuplicate(result.reason)) {
          strapi.log.warn(
            `memberships: a sync failed and will be tried again: ${reasonOf(result.reason)}`
          );
        }
      }
    }
    return worked;
  };

  let running: Promise<void> | null = null;
  let again = false;

  const work = async (): Promise<void> => {
    try {
      const scope = await stripe.scope();
      do {
        again = false;
        while ((await round(scope)) > 0);
      } while (again);
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
  };
};
