/** The simulator's own time, for everything that is on no test clock. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Moves to a later moment (ms); earlier ones are ignored, time does not run back. */
  moveTo(ms: number): void;
}

/**
 * A clock that starts at `start` (ms) and stands still until it is moved; without a start it is
 * the machine's clock, and runs on from wherever it was moved to.
 */
export function createClock(start?: number): Clock {
  const frozen = start !== undefined;
  let at = start ?? 0;
  let ahead = 0;
  const now = () => (frozen ? at : Date.now() + ahead);
  return {
    now,
    moveTo: (ms) => {
      const step = ms - now();
      if (step <= 0) return;
      if (frozen) at = ms;
      else ahead += step;
    },
  };
}
