import type { Core } from '@strapi/strapi';
import type { Drift, RunRow, Scope } from '../../store';
import type { StripeAccess } from '../client';

/** Stripe's lists give no more at a time. */
export const PAGE = 100;

export interface WalkContext {
  strapi: Core.Strapi;
  stripe: StripeAccess;
  scope: Scope;
  run: RunRow;
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
