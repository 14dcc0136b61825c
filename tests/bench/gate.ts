import { loadavg } from 'node:os';
import { TYPES } from './magazine/project';
import { addReaders, type Readers } from './magazine/readers';
import { idOf } from './magazine/rows';
import { seedMagazine } from './magazine/seed';
import { bootBenchSite, type BenchSite } from './magazine/site';
import { ask, sameButForAccess } from './support/answers';
import { print, say, type Bench } from './support/bench';
import { countStatements } from './support/statements';
import { compare, median, throughput, type Request } from './support/throughput';

/** The same question about the gated type and about its twin, which is no gated one. */
interface Case {
  name: string;
  who: keyof Readers;
  /** The path, given the plural of a type. */
  path?: (plural: string) => string;
  /** Or a GraphQL document. */
  query?: (plural: string) => string;
  /** The least ratio that passes; none: a figure to know. */
  bar?: number;
  /** What only gated types know has no twin to be compared with. */
  alone?: true;
  /** Both answers must be the same, but for `membershipAccess`. */
  equal: boolean;
}

const LIST = 0.85;
const SINGLE = 0.7;

const list = (plural: string) => `/api/${plural}?pagination[pageSize]=25`;
const noCount = (plural: string) => `${list(plural)}&pagination[withCount]=false`;
const deep = (plural: string) => `${list(plural)}&populate=*`;

const casesFor = (documentId: string): Case[] => {
  const single = (plural: string) => `/api/${plural}/${documentId}`;
  const graphql = (plural: string) =>
    `{ entries: ${plural}(pagination: { limit: 25 }) { documentId title slug excerpt body } }`;
  return [
    { name: 'list reader', who: 'reader', path: list, bar: LIST, equal: true },
    { name: 'list visitor', who: 'visitor', path: list, bar: LIST, equal: false },
    { name: 'single reader', who: 'reader', path: single, bar: SINGLE, equal: true },
    { name: 'single visitor', who: 'visitor', path: single, bar: SINGLE, equal: false },
    { name: 'list without count reader', who: 'reader', path: noCount, equal: true },
    { name: 'list without count visitor', who: 'visitor', path: noCount, equal: false },
    { name: 'list populate=* reader', who: 'reader', path: deep, equal: true },
    { name: 'list staff', who: 'staff', path: list, equal: true },
    { name: 'list token', who: 'token', path: list, equal: true },
    { name: 'graphql list reader', who: 'reader', query: graphql, equal: true },
    {
      name: 'list membership=readable reader',
      who: 'reader',
      path: (plural) => `${list(plural)}&membership=readable`,
      alone: true,
      equal: false,
    },
  ];
};

const requestOf = (site: BenchSite, readers: Readers, one: Case, plural: string): Request => {
  const headers = readers[one.who];
  return one.query
    ? { url: `${site.url}/graphql`, headers, body: { query: one.query(plural) } }
    : { url: `${site.url}${one.path?.(plural) ?? ''}`, headers };
};

/** How much is in the database, how long a side is measured and how often. */
const SIZES = {
  full: { rows: 100_000, barred: { rounds: 9, seconds: 1 }, others: { rounds: 3, seconds: 2 } },
  quick: { rows: 2_000, barred: { rounds: 3, seconds: 1 }, others: { rounds: 1, seconds: 1 } },
};

const measure = async (
  site: BenchSite,
  readers: Readers,
  one: Case,
  length: { rounds: number; seconds: number }
): Promise<boolean> => {
  const gated = requestOf(site, readers, one, TYPES.gated.plural);
  const open = requestOf(site, readers, one, TYPES.open.plural);
  const name = `gate ${one.name}`;
  const statements = await countStatements(site.strapi, () => ask(gated));
  const { rules, grants } = statements;

  if (one.alone) {
    await throughput(gated, length.seconds);
    const rounds: number[] = [];
    for (let at = 0; at < length.rounds; at += 1) {
      rounds.push((await throughput(gated, length.seconds)).rps);
    }
    return print({ name, rps: median(rounds), queries: { gated: statements.all }, rules, grants });
  }
  if (one.equal) sameButForAccess(await ask(gated), await ask(open));
  const reference = await countStatements(site.strapi, () => ask(open));
  if (reference.rules + reference.grants > 0) throw new Error(`${name}: the twin asked for rules`);
  const { ratio, spread, rps, baseline, cpuRatio } = await compare(gated, open, {
    ...length,
    idle: site.idle,
  });
  return print({
    name,
    ratio,
    ...(one.bar !== undefined && { bar: one.bar }),
    rps,
    baseline,
    spread,
    ...(Number.isFinite(cpuRatio) && { cpuRatio }),
    queries: { gated: statements.all, ungated: reference.all },
    rules,
    grants,
  });
};

/**
 * What the gate costs: a gated type against its twin without a gate, in one process, alternating.
 * Strapi counts 100,000 entries for each list it is asked for, which dwarfs the gate: the lists
 * without a count show it bare.
 */
export const gate: Bench = async ({ quick, only }) => {
  const size = quick ? SIZES.quick : SIZES.full;
  const site = await bootBenchSite();
  try {
    const started = Date.now();
    await seedMagazine(site.strapi, size.rows);
    const readers = await addReaders(site.strapi);
    say(`${size.rows} of each on ${site.database} in ${(Date.now() - started) / 1000} s`);
    // In the middle, with a rule that asks for tiers.
    const cases = casesFor(idOf('article', size.rows / 2 + 4));
    const failed: string[] = [];
    for (const one of cases.filter(({ name }) => name.includes(only))) {
      const passed = await measure(
        site,
        readers,
        one,
        one.bar === undefined ? size.others : size.barred
      );
      if (!passed) failed.push(one.name);
    }
    say(`load ${loadavg()[0]?.toFixed(2)} on ${site.database}`);
    if (failed.length > 0) say(`Below its bar: ${failed.join(', ')}`);
    return failed.length === 0;
  } finally {
    await site.stop();
  }
};
