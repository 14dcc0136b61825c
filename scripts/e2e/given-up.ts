import type { Core } from '@strapi/strapi';
import { HIDDEN_UID } from '../../server/src/constants';

/** Two deliveries that failed for good while Stripe was away, for an operator to find on the Health page. */
export const seedGivenUp = async (
  strapi: Core.Strapi,
  { account, now }: { account: string; now: number }
): Promise<void> => {
  const at = new Date(now).toISOString();
  for (const name of ['first', 'second']) {
    await strapi.db.query(HIDDEN_UID.inbox).create({
      data: {
        stripeId: `evt_given_up_${name}`,
        type: 'invoice.paid',
        key: `sub_gone_${name}`,
        account,
        livemode: false,
        status: 'dead',
        attempts: 12,
        receivedAt: at,
        availableAt: at,
        error: `StripeAPIError: ${'An error that goes on and on. '.repeat(12)}`,
      },
    });
  }
};
