import type { SyncInfo } from '../../../../contracts';
import type { PriceRow, TierRow } from '../../store';

/** Whether what Stripe was last told differs from what it should know. */
export interface SyncView {
  configured: boolean;
  isTierDue(tier: TierRow): boolean;
  isPriceDue(price: PriceRow): boolean;
}

/** What the admin says of a row's place in Stripe. */
export const syncInfo = (
  row: TierRow | PriceRow,
  view: SyncView,
  needed: boolean,
  isDue: boolean
): SyncInfo => {
  const state = (): SyncInfo['state'] => {
    if (!needed) return 'not-needed';
    if (!view.configured) return 'not-configured';
    if (row.syncError !== null) return 'failed';
    return isDue ? 'pending' : 'synced';
  };
  return {
    state: state(),
    stripeId: row.stripeId,
    livemode: row.livemode,
    syncedAt: row.syncedAt,
    error: row.syncError,
  };
};
