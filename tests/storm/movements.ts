import { isDeepStrictEqual } from 'node:util';
import type { Books } from './books';
import type { Chronicle, Step } from './chronicle';
import type { Difference } from './compare';
import type { Row } from './protocol';
import { at, date, groupBy, iso, textAt } from './reading';

/** Running revenue by `currency tier`; what is nothing is not in it. */
export type Running = Map<string, number>;

export const keyOf = (row: Row): string =>
  `${String(row.currency)} ${String(textAt(row.tier, 'slug'))}`;

export const add = (running: Running, key: string, mrr: number): void => {
  const sum = (running.get(key) ?? 0) + mrr;
  if (sum === 0) running.delete(key);
  else running.set(key, sum);
};

const subscriptionOf = (row: Row): string => String(textAt(row.subscription, 'stripeId'));

/** Which of its member's movements a row is, from 1. */
export const numberOf = (row: Row): number => Number(String(row.key).split(':').at(-1));

/** Each member's movements, in order. */
export const ledgersOf = (movements: readonly Row[]): Map<string, Row[]> => {
  const inOrder = movements.toSorted((one, other) => numberOf(one) - numberOf(other));
  return groupBy(inOrder, ({ member }) => String(at(member, 'documentId')));
};

/** A member's rows that one change wrote: side by side, at one instant, each place once. */
export const changesOf = (rows: readonly Row[]): Row[][] => {
  const changes: Row[][] = [];
  for (const row of rows) {
    const change = changes.at(-1);
    const [first] = change ?? [];
    const belongs =
      first &&
      first.occurredAt === row.occurredAt &&
      first.kind === row.kind &&
      subscriptionOf(first) === subscriptionOf(row) &&
      !change?.some((one) => keyOf(one) === keyOf(row));
    if (change && belongs) change.push(row);
    else changes.push([row]);
  }
  return changes;
};

const revenueOf = ({ revenue }: Step): Running =>
  new Map([...revenue].filter(([, mrr]) => mrr !== 0));

/** Not begun to be paid for: a first payment is dated by what Stripe says, whenever the site hears. */
const BEFORE = new Set(['trialing', 'incomplete']);

/**
 * A subscription's own movements, one after the other: each leaves it at what it once was, in the
 * order in which it was, and is dated when it came to that, exactly where Stripe tells, else not
 * before.
 */
const compareChanges = (
  id: string,
  changes: readonly Row[][],
  steps: readonly Step[],
  dates: { begins: string | null; ended: string | null }
): Difference[] => {
  const running: Running = new Map();
  let place = 0;
  return changes.flatMap((rows, index): Difference[] => {
    const wrong = (field: string, expected: unknown, found: unknown): Difference[] => [
      { of: 'movement', id, field, expected, found },
    ];
    const [first] = rows;
    for (const row of rows) add(running, keyOf(row), Number(row.mrrChange));
    const found = steps.findIndex(
      (step, number) => number >= place && isDeepStrictEqual(revenueOf(step), running)
    );
    const step = steps[found];
    if (!first || !step) return wrong('revenue', 'what it once was', [...running]);
    place = found;
    const occurred = String(iso(first.occurredAt));
    const isFirst = index === 0 && steps.slice(0, found).every(({ status }) => BEFORE.has(status));
    const exact =
      (isFirst && dates.begins) ||
      (['canceled', 'incomplete_expired'].includes(step.status) && dates.ended) ||
      null;
    if (exact !== null && occurred !== exact) return wrong('occurredAt', exact, occurred);
    // What became of it before the site first heard of it began with it, as far as the site can know.
    const begins = index === 0 && occurred === dates.begins;
    if (!begins && Date.parse(occurred) < step.at) {
      return wrong('occurredAt', `from ${iso(step.at)} on`, occurred);
    }
    if (first.period !== occurred.slice(0, 7)) return wrong('period', occurred, first.period);
    const reasons = steps.slice(found).map(({ reason }) => reason ?? 'unknown');
    if (first.kind === 'churn' && !reasons.includes(String(first.reason))) {
      return wrong('reason', reasons, first.reason);
    }
    return [];
  });
};

/** Every movement, by the subscription that caused it. */
export const compareMovements = (
  { tables }: Books,
  chronicle: Chronicle,
  movements: readonly Row[]
): Difference[] => {
  const changes = [...ledgersOf(movements).values()].flatMap(changesOf);
  const bySubscription = groupBy(changes, ([row]) => (row ? subscriptionOf(row) : ''));
  return [...bySubscription].flatMap(([id, rows]) => {
    const one = tables.subscriptions.get(id);
    if (!one) return [{ of: 'movement', id, field: '*', expected: 'no row', found: 'rows' }];
    const begins = date(one.trial_end ?? one.start_date);
    return compareChanges(id, rows, chronicle.of(id), { begins, ended: date(one.ended_at) });
  });
};
