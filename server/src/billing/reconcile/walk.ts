import type { Core } from '@strapi/strapi';
import type { Drift, RunRow, Scope } from '../../store';
import type { StripeAccess } from '../client';
import type { Lookups } from './lookups';

/** Stripe's lists give no more at a time. */
export const PAGE = 100;

export interface WalkContext {
  strapi: Core.Strapi;
  stripe: StripeAccess;
  scope: Scope;
  run: RunRow;
  lookups: Lookups;
  /**
   * Customers of subscriptions that this walk met and the site does not know: what became of their
   * money is ours too. Of a walk that was killed they are forgotten; the next one finds it.
   */
  newcomers: Set<string>;
  /** Whether a sync may set cards at Stripe: a copied database changes nothing there. */
  isWritable: boolean;
}

/** One page of one phase: what differs, and where the next begins; null after the last. */
export interface Page {
  count: number;
  next: string | null;
  drifts: Drift[];
}

/** Fetches one page and compares it with the mirror; writes nothing. */
export type ReadPage = (context: WalkContext, after: string | null) => Promise<Page>;

/** The parameters every list takes. */
export const listFrom = (after: string | null) => ({
  limit: PAGE,
  ...(after !== null && { starting_after: after }),
});

/** Where a list goes on. */
export const nextOf = ({
  data,
  has_more,
}: {
  data: readonly { id?: string }[];
  has_more: boolean;
}): string | null => (has_more ? (data.at(-1)?.id ?? null) : null);
