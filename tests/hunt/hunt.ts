import * as fc from 'fast-check';
import { each } from '../support/each';
import { ask, describeQuery, type Answer } from './ask';
import { count, noFigures, type Figures } from './figures';
import { isLibrary, judge, SHOWS } from './judge';
import { type Query } from './query';
import { circleOf, CIRCLES } from './rules';
import { type HuntSite } from './site';

export interface Wanted {
  queries: fc.Arbitrary<Query>;
  runs: number;
  seed: number;
  /** Where to look again, as a failure said. */
  path?: string | undefined;
  /** Whether a failure is made as small as it can be: takes a while. */
  shrink?: boolean;
}

export interface Outcome {
  seed: number;
  figures: Figures;
  /** The smallest question that leaks, where to find it again, and what it tells; null: none. */
  leak: { index: number; text: string } | null;
  /** Questions whose answers differ by themselves, or did so once. */
  unsteady: string[];
  seconds: number;
}

const CHUNK = 250;
const UNSTEADY = 'differs by itself';

const swapFor = (site: HuntSite, query: Query) =>
  site.swapFor(circleOf(query.viewer), isLibrary(query) ? 'content' : 'everything');

/** Asks before and after. */
const askTwice = async (site: HuntSite, query: Query): Promise<[Answer, Answer]> => {
  const swap = swapFor(site, query);
  const before = await ask(site, query);
  await swap.there();
  try {
    return [before, await ask(site, query)];
  } finally {
    await swap.back();
  }
};

/** What a question tells; asked three times, so that an answer that never is the same is told apart. */
const confirm = async (site: HuntSite, query: Query): Promise<string | null> => {
  const [before, after] = await askTwice(site, query);
  const wrong = judge(query, before, after);
  if (wrong === null || wrong.startsWith(SHOWS)) return wrong;
  return judge(query, before, await ask(site, query)) === null ? wrong : UNSTEADY;
};

interface Found {
  at: number;
  query: Query;
  wrong: string;
}

/** Asks many at once: the secrets of a circle are changed once for all of its questions. */
const askAll = async (
  site: HuntSite,
  queries: readonly Query[],
  figures: Figures
): Promise<Found[]> => {
  const suspects: Found[] = [];
  const numbered = queries.map((query, at) => ({ query, at }));
  for (const circle of CIRCLES) {
    for (const library of [false, true]) {
      const group = numbered.filter(
        ({ query }) => circleOf(query.viewer) === circle && isLibrary(query) === library
      );
      if (group.length === 0) continue;
      const before = await each(group, ({ query }) => ask(site, query));
      const swap = site.swapFor(circle, library ? 'content' : 'everything');
      await swap.there();
      const after = await each(group, ({ query }) => ask(site, query));
      await swap.back();
      group.forEach(({ query, at }, index) => {
        const [one, other] = [before[index], after[index]];
        if (!one || !other) throw new Error('an answer was lost');
        count(figures, query, one);
        const wrong = judge(query, one, other);
        if (wrong !== null) suspects.push({ at, query, wrong });
      });
    }
  }
  return suspects.sort((one, other) => one.at - other.at);
};

/** Makes a leak as small as it can be, and says how to find it again. */
const describeLeak = async (
  site: HuntSite,
  wanted: Wanted,
  index: number
): Promise<string | null> => {
  const property = fc.asyncProperty(wanted.queries, async (query) => {
    const wrong = await confirm(site, query);
    if (wrong !== null && wrong !== UNSTEADY) throw new Error(wrong);
  });
  const { counterexamplePath, counterexample, errorInstance } = await fc.check(property, {
    seed: wanted.seed,
    path: wanted.path ?? String(index),
    numRuns: 1,
    endOnFailure: wanted.shrink === false,
    interruptAfterTimeLimit: 90_000,
  });
  const [query] = counterexample ?? [];
  if (!query) return null;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const again = `again: HUNT_SEED=${wanted.seed} HUNT_PATH=${counterexamplePath}`;
  return [describeQuery(query), reason, ...(wanted.shrink === false ? [] : [again])].join('\n');
};

/** Asks random questions until one leaks, or all are asked. */
export const hunt = async (site: HuntSite, wanted: Wanted): Promise<Outcome> => {
  const started = performance.now();
  const figures = noFigures();
  const unsteady: string[] = [];
  const done = (leak: Outcome['leak']): Outcome => ({
    seed: wanted.seed,
    figures,
    leak,
    unsteady,
    seconds: (performance.now() - started) / 1000,
  });
  if (wanted.path !== undefined) {
    const text = await describeLeak(site, wanted, 0);
    return done(text === null ? null : { index: 0, text });
  }
  // What a property is run with, one by one (`fc.sample` makes others): a failure is found again by
  // its number.
  const all: Query[] = [];
  const note = fc.asyncProperty(wanted.queries, (query) => Promise.resolve(void all.push(query)));
  await fc.check(note, { seed: wanted.seed, numRuns: wanted.runs });
  for (let from = 0; from < all.length; from += CHUNK) {
    const suspects = await askAll(site, all.slice(from, from + CHUNK), figures);
    for (const { at, query, wrong } of suspects) {
      const again = await confirm(site, query);
      const index = from + at;
      const text =
        again === null || again === UNSTEADY ? null : await describeLeak(site, wanted, index);
      if (text !== null) return done({ index, text });
      const once = `${describeQuery(query)}\n${wrong}`;
      // A canary that was seen once was seen.
      if (wrong.startsWith(SHOWS)) return done({ index, text: once });
      unsteady.push(once);
    }
  }
  return done(null);
};
