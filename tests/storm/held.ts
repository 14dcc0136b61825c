import { HIDDEN_UID, UID } from '../../server/src/constants';
import type { Fleet } from './fleet';
import type { Row } from './protocol';
import type { Fields } from './truth';

/** What the site holds, read from its tables and named as the truth is. */
export interface Held {
  subscriptions: Map<string, Fields>;
  payments: Map<string, Fields>;
  access: Map<string, Fields>;
  /** The member of each subscription, by its id. */
  memberOf: Map<string, number>;
  grants: Row[];
  movements: Row[];
  messages: Row[];
  inbox: Row[];
  members: Row[];
}

const iso = (value: unknown): unknown =>
  typeof value === 'string' || typeof value === 'number' ? new Date(value).toISOString() : null;

const get = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const isDate = (field: string): boolean =>
  /(At|Date|Start|End|Attempt|^created)$/.test(field) && field !== 'cancelAtPeriodEnd';

/** Big integers come as texts from some databases. */
const AMOUNTS = new Set(['mrr', 'amountDue', 'amountPaid', 'amountRemaining', 'amountRefunded']);

/** A row as plain values: dates as ISO texts, amounts as numbers. */
const plain = (row: Row): Fields =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => {
      if (isDate(field)) return [field, iso(value)];
      if (AMOUNTS.has(field)) return [field, Number(value)];
      if (field === 'pauseCollection' && value) {
        return [
          field,
          { behavior: get(value, 'behavior'), resumesAt: iso(get(value, 'resumesAt')) },
        ];
      }
      return [field, value];
    })
  );

const isOpen = (grant: Row, now: number): boolean => {
  const end = typeof grant.endsAt === 'string' ? Date.parse(grant.endsAt) : Infinity;
  return grant.revokedAt === null && end > now;
};

/** @param now milliseconds */
export const readHeld = async (fleet: Fleet, now: number): Promise<Held> => {
  const subscriptions = await fleet.rows(UID.subscription, ['member', 'customer']);
  const payments = await fleet.rows(UID.payment, ['subscription']);
  const grants = await fleet.rows(UID.grant, ['tier', 'subscription', 'member']);
  const tiers = await fleet.rows(UID.tier);
  const slugs = new Map(tiers.map(({ documentId, slug }) => [documentId, slug]));

  const items = (value: unknown) =>
    (Array.isArray(value) ? value : []).map((item) => ({
      ...item,
      tier: slugs.get(get(item, 'tier')) ?? null,
    }));

  const access = (id: unknown): Fields => {
    const open = grants.filter(
      (grant) => get(grant.subscription, 'stripeId') === id && isOpen(grant, now)
    );
    const held = open.map(({ tier }) => String(get(tier, 'slug'))).sort();
    const ends = [...new Set(open.map(({ endsAt }) => endsAt))];
    return { tiers: held, until: ends.length > 1 ? ends : iso(ends[0]) };
  };

  const key = (row: Row): string => String(row.stripeId);
  return {
    subscriptions: new Map(
      subscriptions.map((row) => [
        key(row),
        {
          ...plain(row),
          items: items(row.items),
          customer: get(row.customer, 'stripeId'),
          email: get(row.member, 'email'),
        },
      ])
    ),
    payments: new Map(
      payments.map((row) => [
        key(row),
        { ...plain(row), subscription: get(row.subscription, 'stripeId') ?? null },
      ])
    ),
    access: new Map(subscriptions.map((row) => [key(row), access(row.stripeId)])),
    memberOf: new Map(subscriptions.map((row) => [key(row), Number(get(row.member, 'id'))])),
    grants,
    movements: await fleet.rows(UID.movement, ['member', 'tier']),
    messages: await fleet.rows(UID.message),
    inbox: await fleet.rows(HIDDEN_UID.inbox),
    members: await fleet.rows(UID.member, ['user']),
  };
};
