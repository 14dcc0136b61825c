import { dice as roll } from '../stripe/faults/dice';

/** Chance that a seed decides: the same seed makes the same choices in the same order. */
export interface Dice {
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number;
  /** @throws Error when there is nothing to pick from */
  pick<T>(choices: readonly T[]): T;
}

export const createDice = (seed: number): Dice => {
  const next = roll(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    happens: (probability) => next() < probability,
    below,
    pick(choices) {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error('Nothing to pick from');
      return chosen;
    },
  };
};
