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
}
