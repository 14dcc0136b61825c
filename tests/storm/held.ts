import { HIDDEN_UID, UID } from '../../server/src/constants';
import type { Fleet } from './fleet';
import type { Row } from './protocol';
import { at, groupBy, iso } from './reading';
import type { Fields } from './truth';

/** What the site holds, read from its tables and named as the truth is. */
export interface Held {
  subscriptions: Map<string, Fields>;
  payments: Map<string, Fields>;
  customers: Map<string, Fields>;
  access: Map<string, Fields>;
  /** The member of each subscription, by its id. */
  memberOf: Map<string, number>;
  grants: Row[];
  movements: Row[];
  messages: Row[];
  inbox: Row[];
}

const isDate = (field: string): boolean =>
  /(At|By|Date|Start|End|Since|Attempt|^created)$/.test(field) && field !== 'cancelAtPeriodEnd';

/** Big integers come as texts from some databases. */
const AMOUNTS = new Set(['mrr', 'amountDue', 'amountPaid', 'amountRemaining', 'amountRefunded']);

const listAt = (value: unknown, key: string): unknown[] => {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
};

/** A row as plain values: dates as ISO texts, amounts as numbers. */
const plain = (row: Row): Fields =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => {
      if (isDate(field)) return [field, iso(value)];
      return [field, AMOUNTS.has(field) ? Number(value) : value];
    })
  );

const isOpen = (grant: Row, now: number): boolean =>
  grant.revokedAt === null &&
  (grant.endsAt === null || Date.parse(String(iso(grant.endsAt))) > now);

/** A subscription's row with its tiers named by their slugs. */
const subscription = (row: Row, slugs: ReadonlyMap<unknown, unknown>): Fields => {
  const items = (of: unknown, key: string) =>
    listAt(of, key).map((item) => ({ ...Object(item), tier: slugs.get(at(item, 'tier')) }));
  const { pauseCollection: pause, pendingChange: pending } = row;
  return {
    ...plain(row),
    items: items(row, 'items'),
    pauseCollection: pause && {
      behavior: at(pause, 'behavior'),
      resumesAt: iso(at(pause, 'resumesAt')),
    },
    pendingChange: pending && {
      cause: at(pending, 'cause'),
      at: iso(at(pending, 'at')),
      items: items(pending, 'items'),
    },
    customer: at(row.customer, 'stripeId'),
    email: at(row.member, 'email'),
    member: at(row.member, 'documentId'),
  };
};

const payment = (row: Row): Fields => ({
  ...plain(row),
  subscription: at(row.subscription, 'stripeId') ?? null,
  refunds: listAt(row, 'charges')
    .flatMap((charge) => listAt(charge, 'refunds'))
    .map((one) => [at(one, 'stripeId'), at(one, 'amount'), at(one, 'status')].join(' '))
    .sort(),
});

/** @param now milliseconds */
export const readHeld = async (fleet: Fleet, now: number): Promise<Held> => {
  const subscriptions = await fleet.rows(UID.subscription, ['member', 'customer']);
  const payments = await fleet.rows(UID.payment, ['subscription']);
  const customers = await fleet.rows(UID.customer, ['member']);
  const grants = await fleet.rows(UID.grant, ['tier', 'subscription', 'member']);
  const tiers = await fleet.rows(UID.tier);
  const slugs = new Map(tiers.map(({ documentId, slug }) => [documentId, slug]));
  const own = groupBy(grants, (grant) => String(at(grant.subscription, 'stripeId')));

  const access = (id: string): Fields => {
    const open = (own.get(id) ?? []).filter((grant) => isOpen(grant, now));
    const held = open.map(({ tier }) => String(at(tier, 'slug'))).sort();
    const ends = [...new Set(open.map(({ endsAt }) => endsAt))];
    return { tiers: held, until: ends.length > 1 ? ends : iso(ends[0]) };
  };

  const by = <T>(rows: readonly Row[], read: (row: Row) => T): Map<string, T> =>
    new Map(rows.map((row) => [String(row.stripeId), read(row)]));
  return {
    subscriptions: by(subscriptions, (row) => subscription(row, slugs)),
    payments: by(payments, payment),
    customers: by(customers, (row) => ({
      ...plain(row),
      member: at(row.member, 'documentId') ?? null,
    })),
    access: by(subscriptions, ({ stripeId }) => access(String(stripeId))),
    memberOf: by(subscriptions, ({ member }) => Number(at(member, 'id'))),
    grants,
    movements: await fleet.rows(UID.movement, ['member', 'tier', 'subscription']),
    messages: await fleet.rows(UID.message),
    inbox: await fleet.rows(HIDDEN_UID.inbox),
  };
};
