import { isOver } from '../../domain/status';
import { unseen, type Drift } from '../../store';
import { isMissing } from '../stripe-errors';
import { whole } from './differences';
import { PAGE, type ReadPage } from './walk';

/** What is here and was on no page of Stripe's: asked for one by one, for it may be a page's mistake. */
export const readMirror: ReadPage = async ({ strapi, stripe, scope, run }, after) => {
  const rows = await unseen(strapi, 'subscription', scope, run.id, Number(after ?? 0), PAGE);
  const drifts: Drift[] = [];
  for (const { stripeId, status } of rows) {
    // One that is over has nothing left to repair.
    if (stripeId === null || isOver(status)) continue;
    try {
      await stripe.client().subscriptions.retrieve(stripeId);
    } catch (error) {
      if (!isMissing(error)) throw error;
      const fields = whole(stripeId, status, null);
      drifts.push({ key: stripeId, kind: 'missing-at-stripe', fields });
    }
  }
  const last = rows.at(-1);
  return { count: rows.length, next: last ? String(last.id) : null, drifts };
};
