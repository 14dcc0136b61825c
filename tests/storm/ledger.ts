import type { Difference } from './compare';
import type { Row } from './protocol';

const get = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** A member's running revenue, per currency and tier. */
type Running = Map<string, number>;

const isPaying = (running: Running): boolean => [...running.values()].some((mrr) => mrr !== 0);

const replayMember = (member: string, rows: readonly Row[]): Difference[] => {
  const found: Difference[] = [];
  const running: Running = new Map();
  let members = 0;
  for (const [index, row] of rows.entries()) {
    const number = Number(String(row.key).split(':').at(-1));
    const wrong = (field: string, expected: unknown, value: unknown) =>
      found.push({ of: 'ledger', id: `${member} #${number}`, field, expected, found: value });
    if (number !== index + 1) wrong('number', index + 1, number);
    const place = `${String(row.currency)} ${String(get(row.tier, 'slug'))}`;
    const mrr = (running.get(place) ?? 0) + Number(row.mrrChange);
    running.set(place, mrr);
    members += Number(row.memberChange);
    if (mrr < 0) wrong('running revenue', 'not below 0', mrr);
    if (members !== 0 && members !== 1) wrong('member', '0 or 1', members);
    if (row.kind === 'new' && index > 0 && row.memberChange === 1)
      wrong('kind', 'reactivation', 'new');
  }
  if (members !== Number(isPaying(running))) {
    found.push({
      of: 'ledger',
      id: member,
      field: 'paying',
      expected: isPaying(running),
      found: members,
    });
  }
  return found;
};

/**
 * Replays every member's movements: numbered without a gap, never below nothing, the member counted
 * once for as long as there is revenue.
 */
export const replayLedger = (movements: readonly Row[]): Difference[] => {
  const members = new Map<string, Row[]>();
  for (const row of movements) {
    const member = String(get(row.member, 'id'));
    members.set(member, [...(members.get(member) ?? []), row]);
  }
  return [...members].flatMap(([member, rows]) => replayMember(member, rows));
};
