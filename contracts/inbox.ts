import type { IsoDate, One, Paged } from './common';

/** `pending` waits for its turn or for another try; `dead` was tried in vain and waits for somebody. */
export type InboxStatus = 'pending' | 'done' | 'ignored' | 'dead';

export const INBOX_STATUSES: readonly InboxStatus[] = ['pending', 'done', 'ignored', 'dead'];

/**
 * `GET /memberships/inbox?status=dead&type=invoice.paid&_q=evt_1&page=1&pageSize=25`, newest first
 * (`_q`: the beginning of the event's id or of its key; `pageSize` at most 100).
 */
export interface InboxDelivery {
  id: number;
  /** `evt_…`; `sync:…` for one of our own: the success page, Retry, reconcile. */
  stripeId: string;
  type: string;
  account: string;
  livemode: boolean;
  /** What is fetched because of it, e.g. `sub_…`; null when it changes nothing here. */
  key: string | null;
  status: InboxStatus;
  /** Failed tries so far. */
  attempts: number;
  receivedAt: IsoDate;
  /** When it is tried next; means nothing once it is done. */
  availableAt: IsoDate;
  processedAt: IsoDate | null;
  /** Why the last try failed. */
  error: string | null;
}

export type InboxResponse = Paged<InboxDelivery>;

/** `POST /memberships/inbox/:id/retry`: tried at once; the delivery as it is afterwards. */
export type RetryResponse = One<InboxDelivery>;

/** `POST /memberships/inbox/retry`: everything that is `dead`, in the background. */
export type RetryAllResponse = One<{ retried: number }>;
