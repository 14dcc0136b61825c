import type { Change } from '../../domain/facts';
import { announce, applyChange, assertHeld, lockMember, markDone, transaction } from '../../store';
import type { SyncContext } from './context';

/** What a fetched key changes, and whose rows are written with it. */
export interface Outcome {
  member: { id: number; documentId: string };
  /** The mirrored customer that pays; null where none is known. */
  customer: number | null;
  change: Change;
  /** What else the same transaction writes. */
  also?: () => Promise<void>;
}

/** A key that changes nothing here is a fact to record, not an error to repeat. */
export const ignore = ({ strapi, batch }: SyncContext): Promise<void> =>
  transaction(strapi, () => markDone(strapi, batch, 'ignored'));

/**
 * The short transaction of every sync that changes a member: the lease is still ours, the change is
 * settled and written, the batch is done; its news is told once that is committed.
 *
 * @param known whose rows it was about when that was looked up before; null: nobody's yet. They are
 *   locked before anything is read: MySQL and MariaDB answer every read of a transaction as of its
 *   first, and would not show what was written while this one waited for its turn
 * @param decide looks, inside the transaction, whom it is about; null: nobody of ours
 * @throws LeaseLost when another worker has fetched later
 */
export const record = async (
  context: SyncContext,
  known: { member: { id: number } } | null,
  decide: () => Promise<Outcome | null>
): Promise<void> => {
  const { strapi, scope, lease, batch } = context;
  const written = await transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    if (known) await lockMember(strapi, known.member.id);
    const outcome = await decide();
    if (!outcome) {
      await markDone(strapi, batch, 'ignored');
      return null;
    }
    const { member, customer, change, also } = outcome;
    const { announcements } = await applyChange(
      strapi,
      { ...scope, member: member.id, customer },
      change
    );
    await also?.();
    await markDone(strapi, batch, 'done');
    return { member: member.documentId, news: announcements };
  });
  if (written) await announce(strapi, written.member, written.news);
};
