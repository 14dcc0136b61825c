export interface Random {
  /** 0 (included) to 1 (not included). */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  /** One of the keys, as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
}

/** Mulberry32: the same magazine has the same readers on every machine. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    weighted: <T extends string>(weights: Readonly<Record<T, number>>): T => {
      const keys = Object.keys(weights) as T[];
      const total = keys.reduce((sum, key) => sum + weights[key], 0);
      let left = next() * total;
      return keys.find((key) => (left -= weights[key]) < 0) ?? keys[keys.length - 1]!;
    },
  };
};
