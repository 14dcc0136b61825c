import type { Core } from '@strapi/strapi';
import type { Batch, Lease, Scope } from '../../store';
import type { StripeAccess } from '../client';

/** What one fetch of a key is done with and for. */
export interface SyncContext {
  strapi: Core.Strapi;
  stripe: StripeAccess;
  scope: Scope;
  /** Proves, inside the transaction, that nobody fetched later and wrote earlier. */
  lease: Lease;
  /** The inbox rows this fetch answers. */
  batch: Batch;
  /**
   * Has another key worked off as well: before this one goes on where somebody waits for the answer,
   * else by itself, together with that key's own events.
   */
  refer: (key: string) => Promise<void>;
}

/**
 * Makes the local state of one key what Stripe says now: fetches outside any transaction, writes in
 * one short one and marks the batch in it.
 *
 * @param follow works off another key first, under that key's own lease. A lease is held meanwhile, so
 *   keys follow one way: `pi_` → `ch_` → `cs_`, `in_`, `cus_` → `sub_`
 */
export type Sync = (
  context: SyncContext,
  key: string,
  follow: (key: string) => Promise<void>
) => Promise<void>;
