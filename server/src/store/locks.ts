import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { now } from '../config';
import { RequestError } from '../errors';
import { table } from './table';
import { toIso, toMsOrNull } from './time';
import { isDuplicate } from './transaction';

/** A lease on a name; `token` grows with every acquisition, so a holder that lost it is found out. */
export interface Lease {
  name: string;
  owner: string;
  token: number;
}

/** The lease expired and somebody else took it: what was read under it may be old. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`memberships: the lease on ${name} was lost`);
  }
}

/**
 * Takes a lease by one conditional write, which has exactly one winner on every database.
 *
 * @param ttl milliseconds after which another may take it
 * @returns null while somebody else holds it
 */
const acquire = async (
  strapi: Core.Strapi,
  name: string,
  owner: string,
  ttl: number
): Promise<Lease | null> => {
  const at = now(strapi);
  const leaseUntil = toIso(at + ttl);
  const row = await table(strapi, 'lock').findOne({ where: { name } });
  if (!row) {
    try {
      await table(strapi, 'lock').create({ data: { name, owner, token: 1, leaseUntil } });
      return { name, owner, token: 1 };
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }
  if ((toMsOrNull(row.leaseUntil) ?? 0) > at) return null;
  const token = row.token + 1;
  const { count } = await table(strapi, 'lock').updateMany({
    where: { name, token: row.token },
    data: { owner, token, leaseUntil },
  });
  return count === 1 ? { name, owner, token } : null;
};

/**
 * Holds the lease's row until the open transaction ends.
 *
 * @throws LeaseLost so that the transaction rolls back
 */
export const assertHeld = async (strapi: Core.Strapi, lease: Lease): Promise<void> => {
  const { count } = await table(strapi, 'lock').updateMany({
    where: { name: lease.name, token: lease.token },
    data: { owner: lease.owner },
  });
  if (count !== 1) throw new LeaseLost(lease.name);
};

/**
 * Keeps the lease for longer, by whoever is still at it.
 *
 * @param ttl milliseconds from now
 * @throws LeaseLost when somebody else took it
 */
export const extend = async (strapi: Core.Strapi, lease: Lease, ttl: number): Promise<void> => {
  const { count } = await table(strapi, 'lock').updateMany({
    where: { name: lease.name, token: lease.token },
    data: { leaseUntil: toIso(now(strapi) + ttl) },
  });
  if (count !== 1) throw new LeaseLost(lease.name);
};

const release = async (strapi: Core.Strapi, lease: Lease): Promise<void> => {
  await table(strapi, 'lock').updateMany({
    where: { name: lease.name, token: lease.token },
    data: { leaseUntil: toIso(now(strapi)) },
  });
};

/**
 * Forgets names that nobody has asked for since an instant; a holder that was stalled for longer
 * could take a new lease for its own, so the instant is long past.
 *
 * @param before milliseconds
 */
export const forgetLeases = async (strapi: Core.Strapi, before: number): Promise<void> => {
  await table(strapi, 'lock').deleteMany({ where: { leaseUntil: { $lt: toIso(before) } } });
};

/**
 * Keeps a lease for as long as its work takes: Stripe may be slow for longer than any time one would
 * wait for a holder that crashed. Renewed by the machine's time, for a site's may stand still.
 *
 * @returns ends it
 */
const keep = (strapi: Core.Strapi, lease: Lease, ttl: number): (() => void) => {
  const timer = setInterval(() => {
    extend(strapi, lease, ttl).catch((error: unknown) => {
      // The work's own look at its token finds out, and tells.
      if (error instanceof LeaseLost) clearInterval(timer);
      else {
        strapi.log.warn(
          `memberships: the lease on ${lease.name} could not be renewed: ${String(error)}`
        );
      }
    });
  }, ttl / 3);
  timer.unref();
  return () => clearInterval(timer);
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How often a name that is taken is asked for again. Milliseconds. */
const POLL = 50;

/**
 * Runs `work` unless somebody else runs anything under the same name, on however many instances.
 * Outside any transaction; the lease is kept for as long as the work takes.
 *
 * @param ttl milliseconds after which a holder that crashed is passed over
 * @returns null while somebody else has the name: nothing was run
 */
export const tryAlone = async <T>(
  strapi: Core.Strapi,
  name: string,
  ttl: number,
  work: (lease: Lease) => Promise<T>
): Promise<{ result: T } | null> => {
  const lease = await acquire(strapi, name, randomUUID(), ttl);
  if (!lease) return null;
  const end = keep(strapi, lease, ttl);
  try {
    return { result: await work(lease) };
  } finally {
    end();
    await release(strapi, lease);
  }
};

/**
 * Runs `work` alone, waiting for whoever is at it: as long as a holder that crashed is waited for,
 * by the machine's clock, which moves on whatever the site's does.
 *
 * @throws RequestError 503 `busy` after twice the `ttl`
 */
export const alone = async <T>(
  strapi: Core.Strapi,
  name: string,
  ttl: number,
  work: (lease: Lease) => Promise<T>
): Promise<T> => {
  const until = performance.now() + 2 * ttl;
  for (;;) {
    const done = await tryAlone(strapi, name, ttl, work);
    if (done) return done.result;
    if (performance.now() > until) {
      throw new RequestError(503, 'Somebody else is at it; try again later', { code: 'busy' });
    }
    await pause(POLL);
  }
};
