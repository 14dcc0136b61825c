import { isDeepStrictEqual } from 'node:util';
import type { Books } from './books';
import type { Chronicle } from './chronicle';
import { compareGrants } from './grants';
import type { Held } from './held';
import { replayLedger } from './ledger';
import { add, compareMovements, keyOf, type Running } from './movements';
import type { Row } from './protocol';
import type { Fields, Truth } from './truth';

/** One thing that is not as it ought to be. */
export interface Difference {
  /** What it is about: `subscription`, `payment`, `access`, `revenue`, `ledger`, `inbox` … */
  of: string;
  id: string;
  field: string;
  expected: unknown;
  found: unknown;
}

export interface Comparison {
  differences: Difference[];
  /** How many rows and how many of their fields were looked at. */
  rows: number;
  fields: number;
}

/** A customer is made with the first click on "Join": of one that never paid nothing is said. */
const known = (held: ReadonlyMap<string, Fields>, paying: ReadonlyMap<string, Fields>) =>
  new Map([...held].filter(([id]) => paying.has(id)));

const tables = (truth: Truth, held: Held) =>
  [
    ['subscription', truth.subscriptions, held.subscriptions],
    ['payment', truth.payments, held.payments],
    ['customer', truth.customers, known(held.customers, truth.customers)],
    ['access', truth.access, held.access],
  ] as const;

/** Rows field by field; the site's rows may have more fields than the truth knows. */
const compareRows = (
  of: string,
  expected: ReadonlyMap<string, Fields>,
  found: ReadonlyMap<string, Fields>
): Difference[] => {
  const extra = [...found.keys()].filter((id) => !expected.has(id));
  return [
    ...extra.map((id) => ({ of, id, field: '*', expected: 'no row', found: 'a row' })),
    ...[...expected].flatMap(([id, fields]) => {
      const row = found.get(id);
      if (!row) return [{ of, id, field: '*', expected: 'a row', found: 'no row' }];
      return Object.entries(fields)
        .filter(([field, value]) => !isSame(value, pickLike(value, row[field])))
        .map(([field, value]) => ({ of, id, field, expected: value, found: row[field] ?? null }));
    }),
  ];
};

const isSame = (expected: unknown, found: unknown): boolean =>
  isDeepStrictEqual(expected ?? null, found ?? null);

/** Of a list of objects, the keys that are expected. */
const pickLike = (expected: unknown, found: unknown): unknown => {
  if (!Array.isArray(expected) || !Array.isArray(found)) return found;
  return found.map((one: unknown, index) => {
    const like: unknown = expected[index];
    if (typeof like !== 'object' || like === null || typeof one !== 'object' || one === null) {
      return one;
    }
    return Object.fromEntries(Object.keys(like).map((key) => [key, Reflect.get(one, key)]));
  });
};

const idOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Number(Reflect.get(value, 'id')) : NaN;

const rowsOf = (sums: Running): Map<string, Fields> =>
  new Map([...sums].map(([key, mrr]) => [key, { mrr }]));

/** Movements of a member add up to what the member's subscriptions bring now, per currency and tier. */
const compareRevenue = (truth: Truth, held: Held): Difference[] => {
  const expected: Running = new Map();
  for (const [subscription, revenue] of truth.revenue) {
    const member = held.memberOf.get(subscription);
    for (const [key, mrr] of revenue) add(expected, `member ${member} ${key}`, mrr);
  }
  const found: Running = new Map();
  for (const row of held.movements) {
    add(found, `member ${idOf(row.member)} ${keyOf(row)}`, Number(row.mrrChange));
  }
  return compareRows('revenue', rowsOf(expected), rowsOf(found));
};

const twice = (of: string, rows: readonly Row[], key: (row: Row) => string): Difference[] => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([id, count]) => ({ of, id, field: 'rows', expected: 1, found: count }));
};

/** Nothing was counted twice, whatever came twice. */
const compareOnce = ({ inbox, messages, movements, subscriptions, grants }: Held): Difference[] => [
  ...twice('inbox', inbox, (row) => String(row.stripeId)),
  ...twice('message', messages, (row) => String(row.key)),
  ...twice('movement', movements, (row) => String(row.key)),
  ...twice(
    'open grant',
    grants.filter(({ endsAt, revokedAt }) => endsAt === null && revokedAt === null),
    (row) => `${idOf(row.subscription)} ${idOf(row.tier)}`
  ).filter(({ id }) => !id.startsWith('NaN') && subscriptions.size > 0),
  ...inbox
    .filter(({ status }) => status === 'dead' || status === 'pending')
    .map((row) => ({
      of: 'inbox',
      id: String(row.stripeId),
      field: 'status',
      expected: 'done or ignored',
      found: `${String(row.status)}: ${String(row.error)}`,
    })),
];

/** The site's rows against the truth. */
export const compare = (
  truth: Truth,
  held: Held,
  books: Books,
  chronicle: Chronicle
): Comparison => {
  const mirrored = tables(truth, held).flatMap(([of, expected, found]) =>
    compareRows(of, expected, found)
  );
  const counted = tables(truth, held).flatMap(([, expected]) => [...expected.values()]);
  return {
    differences: [
      ...mirrored,
      ...compareGrants(books, chronicle, truth.purchases, held),
      ...compareMovements(books, chronicle, held.movements),
      ...compareRevenue(truth, held),
      ...replayLedger(held.movements),
      ...compareOnce(held),
    ],
    rows:
      counted.length +
      held.grants.length +
      held.movements.length +
      held.messages.length +
      held.inbox.length,
    fields: counted.reduce((sum, fields) => sum + Object.keys(fields).length, 0),
  };
};
