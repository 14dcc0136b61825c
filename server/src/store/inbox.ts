import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { InboxStatus } from '../../../contracts';
import { now } from '../config';
import { HIDDEN_UID } from '../constants';
import type { Scope } from './known';
import { columnText, insertRow, instant, runSql, sqlTable } from './sql';
import { table } from './table';
import { toIso } from './time';
import { isDuplicate } from './transaction';

export interface Delivery extends Scope {
  stripeId: string;
  type: string;
  /** What to fetch; null for what is only recorded. */
  key: string | null;
  /** Found in Stripe's list of events; no delivery brought it. */
  polled?: boolean;
}

/**
 * Stores a delivery under its unique index. Outside any transaction: a failed insert would abort
 * PostgreSQL's, and the caller answers 200 only once the row is there for good.
 *
 * @returns false for a duplicate
 */
export const receive = async (strapi: Core.Strapi, delivery: Delivery): Promise<boolean> => {
  const { stripeId, account, livemode, type, key, polled = false } = delivery;
  const at = instant(strapi, now(strapi));
  const status: InboxStatus = key === null ? 'ignored' : 'pending';
  try {
    await insertRow(strapi, HIDDEN_UID.inbox, {
      stripe_id: stripeId,
      account,
      livemode,
      type,
      key,
      polled,
      status,
      attempts: 0,
      available_at: at,
      received_at: at,
    });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

/** Stores a wish of our own for a key, worked off as an event is; inside a transaction or outside. */
export const wishFor = async (strapi: Core.Strapi, scope: Scope, key: string): Promise<void> => {
  await receive(strapi, {
    ...scope,
    // Never a duplicate, which would abort a transaction.
    stripeId: `sync:${randomUUID()}`,
    type: 'memberships.sync',
    key,
  });
};

/** Keys with something to do now, the longest waiting first. */
export const dueKeys = async (
  strapi: Core.Strapi,
  { account, livemode }: Scope,
  limit: number
): Promise<string[]> => {
  const rows = await runSql(
    strapi,
    strapi.db
      .connection(sqlTable(strapi, HIDDEN_UID.inbox))
      .select('key')
      .where({ account, livemode, status: 'pending' })
      .where('available_at', '<=', instant(strapi, now(strapi)))
      .whereNotNull('key')
      .groupBy('key')
      .orderByRaw('min(id)')
      .limit(limit)
  );
  return rows.flatMap(({ key }) => columnText(key) ?? []);
};

/** The rows that one fetch of a key answers; those that arrive later are not among them. */
export interface Batch {
  /** Of what is settled by a success: what waits, and what was given up before. */
  ids: number[];
  /** What waits, with the number of failed tries so far. */
  pending: { id: number; attempts: number }[];
}

export const batchOf = async (strapi: Core.Strapi, scope: Scope, key: string): Promise<Batch> => {
  const rows = await table(strapi, 'inbox').findMany({
    where: { ...scope, key, status: { $in: ['pending', 'dead'] } },
    select: ['id', 'attempts', 'status'],
  });
  return {
    ids: rows.map(({ id }) => id),
    pending: rows.filter(({ status }) => status === 'pending'),
  };
};

/** Marks a batch as dealt with; inside the transaction that wrote what it was about. */
export const markDone = async (
  strapi: Core.Strapi,
  batch: Batch,
  status: 'done' | 'ignored'
): Promise<void> => {
  if (batch.ids.length === 0) return;
  await table(strapi, 'inbox').updateMany({
    where: { id: { $in: batch.ids } },
    data: { status, error: null, processedAt: toIso(now(strapi)) },
  });
};

const SECOND = 1000;
const MAX_ATTEMPTS = 12;
const MAX_DELAY = 60 * 60 * SECOND;

/** 5 s, 10 s, 20 s … at most an hour, with up to a quarter of jitter. Milliseconds. */
const backoff = (attempts: number): number =>
  Math.min(5 * SECOND * 2 ** (attempts - 1), MAX_DELAY) * (1 + Math.random() / 4);

/**
 * Puts a batch off after a failure. Each row counts its own tries, so that a burst of events during
 * an outage does not use them up; after the last one it is `dead`, to be shown with its error, until
 * a later success of its key.
 */
export const markFailed = async (
  strapi: Core.Strapi,
  { pending }: Batch,
  reason: string
): Promise<void> => {
  for (const before of new Set(pending.map(({ attempts }) => attempts))) {
    const attempts = before + 1;
    const ids = pending.filter((row) => row.attempts === before).map(({ id }) => id);
    // Whoever took over the lease meanwhile may have dealt with them.
    await table(strapi, 'inbox').updateMany({
      where: { id: { $in: ids }, status: 'pending' },
      data: {
        attempts,
        error: reason.slice(0, 1000),
        ...(attempts >= MAX_ATTEMPTS
          ? { status: 'dead' }
          : { availableAt: toIso(now(strapi) + backoff(attempts)) }),
      },
    });
  }
};

/**
 * Forgets deliveries that were dealt with before an instant. Stripe repeats one for three days at
 * most, and lists events for thirty; what is `dead` stays until somebody looks at it.
 *
 * @param before milliseconds
 */
export const forgetDeliveries = async (strapi: Core.Strapi, before: number): Promise<void> => {
  await table(strapi, 'inbox').deleteMany({
    where: { status: { $in: ['done', 'ignored'] }, receivedAt: { $lt: toIso(before) } },
  });
};

/** Which of these events are in the inbox already. */
export const knownDeliveries = async (
  strapi: Core.Strapi,
  scope: Scope,
  stripeIds: string[]
): Promise<Set<string>> => {
  if (stripeIds.length === 0) return new Set();
  const rows = await table(strapi, 'inbox').findMany({
    where: { ...scope, stripeId: { $in: stripeIds } },
    select: ['stripeId'],
  });
  return new Set(rows.map(({ stripeId }) => stripeId));
};
