import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import { getConfig, now } from '../../config';
import {
  beginCursor,
  extend,
  findCursor,
  knownDeliveries,
  moveCursor,
  toIso,
  toMs,
  tryAlone,
  type CursorRow,
  type Lease,
  type Scope,
} from '../../store';
import type { StripeAccess } from '../client';
import { keyOf, readEvent, type StripeEvent } from '../webhook/event';
import { recordEvent } from '../webhook/record';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What was recorded a moment ago is on its way by itself. */
const LAG = MINUTE;
/** Read again each time: Stripe does not promise to list an event in the second it is dated. */
const OVERLAP = 15 * MINUTE;
/** Stripe lists an event for thirty days (docs.stripe.com/api/events); a day for being late. */
export const LISTED = 29 * 24 * HOUR;
/** The cursor moves after so much: a long absence is caught up with piece by piece. */
const SLICE = 6 * HOUR;
const PAGE = 100;
const LEASE_MS = 2 * MINUTE;

export interface Poll {
  /** Whether there is work in the inbox that was not there before. */
  work: boolean;
  /** Stripe no longer lists all that was missed: only a walk finds it. */
  gap: boolean;
}

const NOTHING: Poll = { work: false, gap: false };

/**
 * Reads what Stripe recorded since the last time and lets it into the inbox by the way of a delivery,
 * where what was delivered is known already. One instance at a time.
 */
export const createCursor = (strapi: Core.Strapi, stripe: StripeAccess) => {
  /** Only what changes something here: Stripe lists every payment intent of the account. */
  const readPage = (data: readonly Stripe.Event[]): StripeEvent[] =>
    data.flatMap((one) => readEvent(one) ?? []).filter((event) => keyOf(event) !== null);

  const readSlice = async (scope: Scope, from: number, to: number): Promise<number> => {
    const created = { gte: Math.floor(from / SECOND), lte: Math.floor(to / SECOND) };
    let after: string | undefined;
    let found = 0;
    for (;;) {
      const page = await stripe
        .client()
        .events.list({ created, limit: PAGE, ...(after && { starting_after: after }) });
      const events = readPage(page.data);
      const known = await knownDeliveries(
        strapi,
        scope,
        events.map(({ id }) => id)
      );
      // Oldest first, as they would have been delivered.
      for (const event of events.reverse()) {
        if (known.has(event.id)) continue;
        found += Number((await recordEvent(strapi, scope, event, true)).isNew);
      }
      after = page.data.at(-1)?.id;
      if (!page.has_more || !after) return found;
    }
  };

  const readOn = async (scope: Scope, start: CursorRow, lease: Lease): Promise<Poll> => {
    const until = now(strapi) - LAG;
    const gap = toMs(start.upTo) < until - LISTED;
    let row = gap ? { ...start, upTo: toIso(until - LISTED) } : start;
    let work = false;
    // Once at least, for what appeared late.
    do {
      const from = toMs(row.upTo);
      const upTo = Math.max(from, Math.min(from + SLICE, until));
      await extend(strapi, lease, LEASE_MS);
      const found = await readSlice(scope, from - OVERLAP, upTo);
      work ||= found > 0;
      await moveCursor(strapi, row, { upTo, at: now(strapi), found });
      row = { ...row, upTo: toIso(upTo), found: row.found + found };
    } while (toMs(row.upTo) < until);
    return { work, gap };
  };

  return {
    /** Looks when it is time to. @throws whatever Stripe's library throws; nothing is skipped */
    async poll(): Promise<Poll> {
      const { everyMinutes } = getConfig(strapi).reconcile;
      if (everyMinutes === null) return NOTHING;
      const scope = await stripe.scope();
      const isDue = (row: CursorRow) =>
        now(strapi) - toMs(row.polledAt) >= everyMinutes * MINUTE ||
        // A clock that was set back.
        toMs(row.polledAt) > now(strapi);
      const row = await findCursor(strapi, scope);
      if (!row) {
        await beginCursor(strapi, scope, now(strapi));
        return NOTHING;
      }
      if (!isDue(row)) return NOTHING;
      const name = `cursor:${scope.account}:${scope.livemode}`;
      const done = await tryAlone(strapi, name, LEASE_MS, async (lease) => {
        // Read again: whoever had the lease may have moved it.
        const present = await findCursor(strapi, scope);
        return present && isDue(present) ? readOn(scope, present, lease) : NOTHING;
      });
      return done?.result ?? NOTHING;
    },
  };
};
