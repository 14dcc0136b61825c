/** A few at a time: a site has its limits, and so has the machine. */
export const each = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>
): Promise<R[]> => {
  const done: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return done;
};
