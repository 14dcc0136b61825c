import { now } from '../../config';
import { isOver, vanished } from '../../domain/status';
import {
  announce,
  applyChange,
  assertHeld,
  findSubscription,
  markDone,
  transaction,
} from '../../store';
import type { SyncContext } from './context';

/**
 * Records that Stripe has no such subscription. One that is in the mirror ends, and what it gave with
 * it: nobody could ever cancel it again. One that never was ours changes nothing.
 */
export const syncVanished = async (context: SyncContext, id: string): Promise<void> => {
  const { strapi, scope, lease, batch } = context;
  const written = await transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    const known = await findSubscription(strapi, scope, id);
    if (!known || isOver(known.facts.status)) {
      await markDone(strapi, batch, 'ignored');
      return null;
    }
    const settlement = await applyChange(
      strapi,
      { ...scope, member: known.member.id, customer: known.customer },
      { subscriptions: [vanished(known.facts, now(strapi))] }
    );
    await markDone(strapi, batch, 'done');
    return { member: known.member.documentId, news: settlement.announcements };
  });
  if (written) await announce(strapi, written.member, written.news);
};
