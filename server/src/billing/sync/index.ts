import type { SyncContext } from './context';
import { syncCheckoutSession } from './checkout-session';
import { syncSubscription } from './subscription';

/**
 * Makes the local state of one key what Stripe says now.
 *
 * @param follow works off another key first, under that key's own lease
 */
export const syncKey = (
  context: SyncContext,
  key: string,
  follow: (key: string) => Promise<void>
): Promise<void> =>
  key.startsWith('cs_')
    ? syncCheckoutSession(context, key, follow)
    : syncSubscription(context, key);
