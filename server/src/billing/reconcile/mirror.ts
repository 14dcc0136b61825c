import type Stripe from 'stripe';
import { isOver } from '../../domain/status';
import { activeCoupons, unseen, type Drift } from '../../store';
import { unlessMissing } from '../stripe-errors';
import { whole } from './differences';
import { PAGE, type ReadPage, type WalkContext } from './walk';

/**
 * What is here and was on no page of Stripe's: asked for one by one, for it may be a page's mistake.
 */

/** One that is here, and how to ask whether Stripe still has it. */
interface Held {
  id: number;
  key: string;
  object: string;
  here: string | null;
  isThere: () => Promise<boolean>;
}

type ReadHeld = (
  context: WalkContext,
  after: number
) => Promise<{ last: number | null; held: Held[] }>;

const lastOf = (rows: readonly { id: number }[]): number | null => rows.at(-1)?.id ?? null;

const subscriptions: ReadHeld = async ({ strapi, stripe, scope, run }, after) => {
  const rows = await unseen(strapi, 'subscription', scope, run.id, after, PAGE);
  const client: Stripe = stripe.client();
  return {
    last: lastOf(rows),
    held: rows.flatMap(({ id, stripeId: object, status }): Held[] => {
      // One that is over has nothing left to repair.
      if (object === null || isOver(status)) return [];
      const isThere = async () =>
        (await unlessMissing(client.subscriptions.retrieve(object))) !== null;
      return [{ id, key: object, object, here: status, isThere }];
    }),
  };
};

const customers: ReadHeld = async ({ strapi, stripe, scope, run }, after) => {
  const rows = await unseen(strapi, 'customer', scope, run.id, after, PAGE);
  const client: Stripe = stripe.client();
  return {
    last: lastOf(rows),
    held: rows.flatMap(({ id, stripeId: object, deleted, email }): Held[] => {
      if (object === null || deleted) return [];
      const isThere = async () => {
        const found = await unlessMissing(client.customers.retrieve(object));
        return found !== null && !found.deleted;
      };
      return [{ id, key: object, object, here: email, isThere }];
    }),
  };
};

const coupons: ReadHeld = async ({ strapi, scope, lookups }, after) => {
  const rows = await activeCoupons(strapi, scope, after, PAGE);
  return {
    last: lastOf(rows),
    held: rows.flatMap(({ id, stripeId: object, name }): Held[] => {
      if (object === null) return [];
      const isThere = async () => (await lookups.coupon(object)) !== null;
      return [{ id, key: `coupon:${object}`, object, here: name, isThere }];
    }),
  };
};

const PARTS: readonly (readonly [string, ReadHeld])[] = [
  ['subscriptions', subscriptions],
  ['customers', customers],
  ['coupons', coupons],
];

/** A place is a part and the last row of it: `customers:17`. */
const placeOf = (after: string | null): { part: number; row: number } => {
  const [name = '', row = '0'] = (after ?? '').split(':');
  const part = PARTS.findIndex(([one]) => one === name);
  return part < 0 ? { part: 0, row: 0 } : { part, row: Number(row) };
};

export const readMirror: ReadPage = async (context, after) => {
  const { part, row } = placeOf(after);
  const [name, read] = PARTS[part] ?? ['subscriptions', subscriptions];
  const { last, held } = await read(context, row);
  const drifts: Drift[] = [];
  for (const { key, object, here, isThere } of held) {
    if (await isThere()) continue;
    drifts.push({ key, kind: 'missing-at-stripe', fields: whole(object, here, null) });
  }
  const [following] = PARTS[part + 1] ?? [];
  const next = last === null ? (following ?? null) : `${name}:${last}`;
  return { count: held.length, next, drifts };
};
