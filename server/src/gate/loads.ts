import type { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What one GraphQL request is loading. Strapi loads a relation by a query for each parent, and a
 * server answers those one after the other: rules asked for list by list would cost a statement each.
 */
export interface Loads {
  /** Runs a resolver that may bring entries; it is under way until what it returns is there. */
  run(resolve: () => unknown): unknown;
  /** Whether the code that asks runs inside such a resolver, which then must not wait for itself. */
  isInside(): boolean;
  /** Resolves when nothing is under way, after whoever waited for that has asked what follows. */
  quiet(): Promise<void>;
}

/** After the promises of this tick: resolvers that run side by side get to ask first. */
const turn = (): Promise<void> =>
  Promise.resolve().then(() => new Promise<void>((resolve) => process.nextTick(resolve)));

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;

/** @param inside tells which request's resolver is running; one for all requests of a site */
export const createLoads = (inside: AsyncLocalStorage<Loads>): Loads => {
  let under = 0;
  let waiting: (() => void)[] = [];

  const end = (): void => {
    under -= 1;
    if (under > 0) return;
    const wake = waiting;
    waiting = [];
    for (const one of wake) one();
  };

  const loads: Loads = {
    run(resolve) {
      under += 1;
      let loaded: unknown;
      try {
        loaded = inside.run(loads, resolve);
      } catch (error) {
        end();
        throw error;
      }
      if (isPromise(loaded)) return loaded.finally(end);
      end();
      return loaded;
    },
    isInside: () => inside.getStore() === loads,
    async quiet() {
      await turn();
      while (under > 0) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        await turn();
      }
    },
  };
  return loads;
};
