import type { Core } from '@strapi/strapi';
import { changePace, readPace, type Pace } from '../store';
import { machineNow, pause } from './machine';

/** Background work leaves a fifth to members. */
const BACKGROUND_SHARE = 0.8;
/** Slots that are taken at once: a quarter of a second's, so that each costs no write of its own. */
const CHUNKS_PER_SECOND = 4;

/** How long a member waits for a pause to end before asking all the same. */
const PATIENCE_MS = 3_000;
const MAX_PAUSE_MS = 60_000;

/** At most so many requests a second to Stripe, shared by all instances through one row. */
export interface Pacer {
  /** Waits until background work may ask; one slot a call. */
  slot(): Promise<void>;
  /** Counts a member's request, which waits for nothing but a pause, and for that not long. */
  member(): Promise<void>;
  /**
   * Stripe said that it is too much: nobody asks for a while.
   *
   * @param retryAfter milliseconds Stripe asked for; null: a second, twice as long each time
   */
  refused(retryAfter: number | null): Promise<void>;
  /** Stripe answered: the next refusal is the first again. */
  answered(): Promise<void>;
  /** The rate as it stands; `pausedUntil` in machine milliseconds. */
  look(): Promise<Pace & { perSecond: number; background: number }>;
}

const backoff = (strikes: number): number =>
  Math.min(1_000 * 2 ** strikes, MAX_PAUSE_MS) * (1 + Math.random() / 4);

/**
 * The generic cell rate algorithm over one row: `nextAt` is when the next slot is free, taking slots
 * moves it on. A rate that was idle gives one chunk at once; what a chunk leaves unused is let go.
 *
 * @param perSecond requests a second, of all instances together
 */
export const createPacer = (strapi: Core.Strapi, perSecond: number): Pacer => {
  const background = perSecond * BACKGROUND_SHARE;
  const chunk = Math.max(1, Math.floor(background / CHUNKS_PER_SECOND));
  const every = 1_000 / background;
  /** How late a slot may be used: together with a second's own slots they stay below the rate. */
  const slack = (chunk - 1) * every;

  let slots: number[] = [];
  let pausedUntil = 0;
  let struck = false;
  /** Members' requests that the row does not know of yet. */
  let uncounted = 0;

  const memberCost = (requests: number): number => Math.ceil((requests * 1_000) / perSecond);

  /** Moves the row on by what background work takes and members took; keeps what others noted. */
  const reserve = async (wanted: number): Promise<number[]> => {
    const members = uncounted;
    uncounted = 0;
    let first = 0;
    const { after } = await changePace(strapi, (pace) => {
      const at = machineNow();
      first = Math.max(at - slack, pace.nextAt, pace.pausedUntil);
      const nextAt = Math.ceil(first + wanted * every) + memberCost(members);
      return { ...pace, nextAt };
    });
    pausedUntil = after.pausedUntil;
    struck ||= after.strikes > 0;
    return Array.from({ length: wanted }, (_, index) => first + index * every);
  };

  const nextSlot = async (): Promise<number> => {
    const at = machineNow();
    // Kept for later they would let a burst through.
    slots = slots.filter((slot) => slot >= at - slack && slot >= pausedUntil);
    if (slots.length === 0) slots = await reserve(chunk);
    return slots.shift() ?? at;
  };

  /** One look at a time, in the order of asking. */
  let queue: Promise<unknown> = Promise.resolve();

  return {
    async slot() {
      const turn = queue.then(nextSlot);
      queue = turn.catch(() => undefined);
      const wait = (await turn) - machineNow();
      if (wait > 0) await pause(wait);
    },
    async member() {
      uncounted += 1;
      if (uncounted >= chunk) await reserve(0);
      const wait = Math.min(pausedUntil - machineNow(), PATIENCE_MS);
      if (wait > 0) await pause(wait);
    },
    async refused(retryAfter) {
      const { after } = await changePace(strapi, (pace) => ({
        ...pace,
        strikes: pace.strikes + 1,
        pausedUntil: Math.max(
          pace.pausedUntil,
          Math.ceil(machineNow() + Math.min(retryAfter ?? backoff(pace.strikes), MAX_PAUSE_MS))
        ),
      }));
      pausedUntil = after.pausedUntil;
      struck = true;
    },
    async answered() {
      // Said in memory first: an answer must not cost a write.
      if (!struck || machineNow() < pausedUntil) return;
      struck = false;
      await changePace(strapi, (pace) => ({ ...pace, strikes: 0 }));
    },
    look: async () => ({ ...(await readPace(strapi)), perSecond, background }),
  };
};
