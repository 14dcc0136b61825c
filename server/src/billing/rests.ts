/**
 * A checkout's events come over some seconds, and each may be older than what the first of them had
 * fetched. So a key rests after a fetch: the first event of a quiet key is answered at once, those that
 * come while it rests by one fetch together. Of this instance alone, and only a matter of how often
 * Stripe is asked: whoever is killed with it forgets nothing, the events are in the inbox.
 */
export interface Rests {
  /** A fetch of a key begins. */
  begin(key: string): void;
  isResting(key: string): boolean;
  /** How many rest. */
  count(): number;
}

/** @param rest milliseconds from the beginning of a fetch; 0: none */
export const createRests = (rest: number): Rests => {
  /** Until when, in milliseconds that no clock sets back; those that rest longest come last. */
  const until = new Map<string, number>();

  const wakeThoseDue = (): void => {
    const at = performance.now();
    for (const [key, end] of until) {
      if (end > at) break;
      until.delete(key);
    }
  };

  return {
    begin(key) {
      // Set anew, so that the order stays that of their ends.
      until.delete(key);
      if (rest > 0) until.set(key, performance.now() + rest);
    },
    isResting(key) {
      wakeThoseDue();
      return until.has(key);
    },
    count() {
      wakeThoseDue();
      return until.size;
    },
  };
};
