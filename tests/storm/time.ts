import type { StripeSimulator } from '../stripe';
import { writeClock } from './clock-file';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Stripe's time, which the sites follow. */
export interface Time {
  /** @param milliseconds */
  advance(milliseconds: number): Promise<void>;
  /**
   * Waits for something, and lets minutes pass meanwhile: what a killed site had begun is its own for
   * two of them, and whoever waits for that would wait for ever.
   */
  during<T>(work: Promise<T>): Promise<T>;
  close(): void;
}

/** Real milliseconds. */
export const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export const startTime = (sim: StripeSimulator, file: string): Time => {
  const clock = writeClock(file);
  const tick = () => clock.set(sim.now());
  tick();
  sim.onEvent(tick);
  const advance = async (milliseconds: number): Promise<void> => {
    await sim.advance(milliseconds);
    tick();
  };
  return {
    advance,
    async during(work) {
      let waiting = true;
      const over = work.then(
        () => (waiting = false),
        () => (waiting = false)
      );
      await Promise.race([over, pause(1_000)]);
      while (waiting) {
        await advance(MINUTE);
        await Promise.race([over, pause(500)]);
      }
      return work;
    },
    close: () => clock.close(),
  };
};
