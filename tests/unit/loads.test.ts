import { AsyncLocalStorage } from 'node:async_hooks';
import { createBatches } from '../../server/src/gate/batches';
import { createLoads, type Loads } from '../../server/src/gate/loads';

/** What decides when the gate asks for rules in GraphQL: too early costs statements, too late hangs. */

const open = () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
};

const events = async (act: (loads: Loads, note: (event: string) => void) => Promise<void>) => {
  const seen: string[] = [];
  await act(createLoads(new AsyncLocalStorage()), (event) => seen.push(event));
  return seen;
};

test('it is quiet at once where nothing loads', async () => {
  await createLoads(new AsyncLocalStorage()).quiet();
});

test('it waits for the slowest, and for what its end brings', async () => {
  const seen = await events(async (loads, note) => {
    const [fast, slow, below] = [open(), open(), open()];
    const running = [
      loads.run(() => fast.ended),
      Promise.resolve(loads.run(() => slow.ended)).then(() => loads.run(() => below.ended)),
    ];
    const quiet = loads.quiet().then(() => note('quiet'));
    fast.end();
    await new Promise(setImmediate);
    note('fast ended');
    slow.end();
    await new Promise(setImmediate);
    note('slow ended');
    below.end();
    await Promise.all([...running, quiet]);
  });
  expect(seen).toEqual(['fast ended', 'slow ended', 'quiet']);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
])('a resolver that %s is over', async (_, fail) => {
  const loads = createLoads(new AsyncLocalStorage());
  await expect(async () => await loads.run(fail)).rejects.toThrow('no');
  await loads.quiet();
});

test('a resolver knows that it is one, and only in its own request', async () => {
  const inside = new AsyncLocalStorage<Loads>();
  const [mine, other] = [createLoads(inside), createLoads(inside)];
  const asked = mine.run(async () => {
    await new Promise(setImmediate);
    return [mine.isInside(), other.isInside()];
  });
  expect(mine.isInside()).toBe(false);
  expect(await asked).toEqual([true, false]);
});

const ref = (documentId: string) => ({ uid: 'api::article.article', documentId });

test('documents of lists that load side by side are asked about together, each once', async () => {
  const loads = createLoads(new AsyncLocalStorage());
  const asked: string[][] = [];
  const ask = createBatches(loads, (refs) => {
    asked.push([...refs.values()].map(({ documentId }) => documentId));
    return Promise.resolve();
  });
  const slow = open();
  const list = Promise.resolve(loads.run(() => slow.ended)).then(() => ask([ref('b'), ref('a')]));
  const first = ask([ref('a')]);
  await new Promise(setImmediate);
  expect(asked).toEqual([]);
  slow.end();
  await Promise.all([list, first]);
  await ask([ref('b')]);
  expect(asked).toEqual([['a', 'b']]);
});

test('a resolver that asks does not wait for itself, nor does who waits for the same', async () => {
  const loads = createLoads(new AsyncLocalStorage());
  const ask = createBatches(loads, () => Promise.resolve());
  const outside = ask([ref('a')]);
  await loads.run(async () => {
    await new Promise(setImmediate);
    await ask([ref('a')]);
  });
  await outside;
});
