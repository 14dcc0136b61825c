import type { Core } from '@strapi/strapi';
import { copyOf } from './protocol';

type Row = Record<string, unknown>;

/** Rows in one INSERT: SQLite takes 32,766 values. */
const BATCH = 250;

/** One in so many is not what Stripe says. */
export const DRIFT_EVERY = 2_000;

const TABLES = {
  member: 'memberships_members',
  customer: 'memberships_customers',
  subscription: 'memberships_subscriptions',
  payment: 'memberships_payments',
  grant: 'memberships_grants',
} as const;

const columnOf = (row: Row, start: string): string => {
  const found = Object.keys(row).find((name) => name.startsWith(start));
  if (!found) throw new Error(`No column ${start}…`);
  return found;
};

/**
 * Fills the mirror with copies of one member, customer, subscription, grant and payment, as the simulator has
 * them: a mirror that agrees with Stripe but for one in `DRIFT_EVERY`.
 */
export const copyRows = async (
  { db: { connection } }: Core.Strapi,
  template: string,
  count: number
): Promise<void> => {
  const only = async (table: string, where: Row = {}): Promise<Row> => {
    const row: Row | undefined = await connection(table).where(where).orderBy('id', 'desc').first();
    if (!row) throw new Error(`Nothing in ${table} to copy`);
    return row;
  };
  const subscription = await only(TABLES.subscription, { stripe_id: template });
  const customer = await only(TABLES.customer);
  const member = await only(TABLES.member);
  const payment = await only(TABLES.payment);
  const grant = await only(TABLES.grant);
  const ofMember = (row: Row) => columnOf(row, 'member');
  const base = Number(member.id);
  const bases = {
    customer: Number(customer.id),
    subscription: Number(subscription.id),
  };

  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => from + at);
    const copies = (row: Row, prefix: string, change: (number: number) => Row): Row[] =>
      numbers.map((number) => ({
        ...row,
        document_id: `bench${prefix}${number}`,
        ...change(number),
      }));
    const ids = (number: number) => ({
      member: base + number + 1,
      customer: bases.customer + number + 1,
      subscription: bases.subscription + number + 1,
    });
    const { id: _payment, ...fresh } = payment;
    const { id: _grant, ...open } = grant;
    await connection.transaction(async (trx) => {
      await trx(TABLES.member).insert(copies(member, 'mem', (n) => ({ id: ids(n).member })));
      await trx(TABLES.customer).insert(
        copies(customer, 'cus', (n) => ({
          id: ids(n).customer,
          stripe_id: copyOf('cus', n),
          [ofMember(customer)]: ids(n).member,
        }))
      );
      await trx(TABLES.subscription).insert(
        copies(subscription, 'sub', (n) => ({
          id: ids(n).subscription,
          stripe_id: copyOf('sub', n),
          [ofMember(subscription)]: ids(n).member,
          [columnOf(subscription, 'customer')]: ids(n).customer,
          ...(n % DRIFT_EVERY === 0 && { status: 'past_due' }),
        }))
      );
      await trx(TABLES.grant).insert(
        copies(open, 'gra', (n) => ({
          [ofMember(grant)]: ids(n).member,
          [columnOf(grant, 'subscription')]: ids(n).subscription,
        }))
      );
      await trx(TABLES.payment).insert(
        copies(fresh, 'pay', (n) => ({
          stripe_id: copyOf('in', n),
          [ofMember(payment)]: ids(n).member,
          [columnOf(payment, 'subscription')]: ids(n).subscription,
        }))
      );
    });
  }
};
