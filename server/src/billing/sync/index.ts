import { markDone, transaction } from '../../store';
import { syncCheckoutSession } from './checkout-session';
import type { SyncContext } from './context';
import { syncPrice } from './price';
import { syncProduct } from './product';
import { syncSubscription } from './subscription';

/**
 * Makes the local state of one key what Stripe says now: fetches outside any transaction, writes in
 * one short one and marks the batch in it.
 *
 * @param follow works off another key first, under that key's own lease
 */
export type Sync = (
  context: SyncContext,
  key: string,
  follow: (key: string) => Promise<void>
) => Promise<void>;

/** By how a key begins; see `webhook/keys.ts`. */
const SYNCS: Readonly<Record<string, Sync>> = {
  sub_: syncSubscription,
  cs_: syncCheckoutSession,
  'product:': syncProduct,
  'price:': syncPrice,
};

/** A key that nobody works off is a fact to record, not an error to repeat. */
const ignore: Sync = ({ strapi, batch }) =>
  transaction(strapi, () => markDone(strapi, batch, 'ignored'));

export const syncKey: Sync = async (context, key, follow) => {
  const prefix = Object.keys(SYNCS).find((start) => key.startsWith(start));
  const sync = (prefix && SYNCS[prefix]) || ignore;
  await sync(context, key, follow);
};
