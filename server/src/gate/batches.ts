import { refKey, type DocumentRef } from '../store/rules';
import type { Loads } from './loads';

type Refs = ReadonlyMap<string, DocumentRef>;

interface Batch {
  refs: Map<string, DocumentRef>;
  done: Promise<void>;
  /** Asks at once, whatever is still loading. */
  hurry(): void;
}

/**
 * Asks about documents together: whatever is asked before the event loop turns, or while a GraphQL
 * request still loads lists side by side, is one call of `load`; each document is in one only.
 *
 * @param load asks about them, by `refKey`
 * @returns resolves when everything in `refs` was loaded
 */
export const createBatches = (
  loads: Loads,
  load: (refs: Refs) => Promise<void>
): ((refs: readonly DocumentRef[]) => Promise<void>) => {
  const begun = new Map<string, Promise<void>>();
  let batch: Batch | undefined;

  const open = (): Batch => {
    const refs = new Map<string, DocumentRef>();
    let hurry = (): void => undefined;
    const hurried = new Promise<void>((resolve) => {
      hurry = resolve;
    });
    const done = Promise.race([loads.quiet(), hurried]).then(() => {
      batch = undefined;
      return load(refs);
    });
    return { refs, done, hurry };
  };

  const enqueue = (key: string, ref: DocumentRef): Promise<void> => {
    batch ??= open();
    batch.refs.set(key, ref);
    return batch.done;
  };

  return async (refs) => {
    const asked = new Set<Promise<void>>();
    for (const ref of refs) {
      const key = refKey(ref);
      const known = begun.get(key) ?? enqueue(key, ref);
      begun.set(key, known);
      asked.add(known);
    }
    // A resolver that asks what it is to answer is itself among what is loading.
    if (loads.isInside()) batch?.hurry();
    for (const one of asked) await one;
  };
};
