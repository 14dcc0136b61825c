import { now } from '../../config';
import { isOver, vanished } from '../../domain/status';
import { findSubscription } from '../../store';
import type { SyncContext } from './context';
import { record } from './record';

/**
 * Records that Stripe has no such subscription. One that is in the mirror ends, and what it gave with
 * it: nobody could ever cancel it again. One that never was ours changes nothing.
 */
export const syncVanished = async (context: SyncContext, id: string): Promise<void> => {
  const { strapi, scope } = context;
  const find = () => findSubscription(strapi, scope, id);
  await record(context, await find(), async () => {
    const known = await find();
    if (!known || isOver(known.facts.status)) return null;
    const { facts, member, customer } = known;
    return { member, customer, change: { subscriptions: [vanished(facts, now(strapi))] } };
  });
};
