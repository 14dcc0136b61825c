import type { Difference } from './compare';
import { add, changesOf, keyOf, ledgersOf, numberOf, type Running } from './movements';
import type { Row } from './protocol';

const totalOf = (running: Running): number =>
  [...running.values()].reduce((sum, mrr) => sum + mrr, 0);

/** By docs/metrics.md, for a site that sells in one currency. */
const kindOf = (before: Running, after: Running, isFirst: boolean): string => {
  if (after.size === 0) return 'churn';
  if (before.size === 0) return isFirst ? 'new' : 'reactivation';
  const grown = totalOf(after) - totalOf(before);
  if (grown === 0) return 'transfer';
  return grown > 0 ? 'expansion' : 'contraction';
};

const replayMember = (member: string, rows: readonly Row[]): Difference[] => {
  const running: Running = new Map();
  let count = 0;
  return changesOf(rows).flatMap((change) => {
    const found: Difference[] = [];
    const before = new Map(running);
    const isFirst = count === 0;
    for (const row of change) add(running, keyOf(row), Number(row.mrrChange));
    const kind = kindOf(before, running, isFirst);
    const members = Math.sign(running.size) - Math.sign(before.size);
    for (const [index, row] of change.entries()) {
      count += 1;
      const wrong = (field: string, expected: unknown, value: unknown) =>
        found.push({ of: 'ledger', id: `${member} #${count}`, field, expected, found: value });
      if (numberOf(row) !== count) wrong('number', count, numberOf(row));
      if (row.kind !== kind) wrong('kind', kind, row.kind);
      const change = index === 0 ? members : 0;
      if (row.memberChange !== change) wrong('memberChange', change, row.memberChange);
      const mrr = running.get(keyOf(row)) ?? 0;
      if (mrr < 0) wrong('running revenue', 'not below 0', mrr);
    }
    return found;
  });
};

/**
 * Replays every member's movements: numbered without a gap, never below nothing, each of the kind that
 * its sums say, the member counted once for as long as there is revenue.
 */
export const replayLedger = (movements: readonly Row[]): Difference[] =>
  [...ledgersOf(movements)].flatMap(([member, rows]) => replayMember(member, rows));
