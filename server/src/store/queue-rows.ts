import type { InboxStatus, IsoDate } from '../../../contracts';
import type { BaseRow } from './base-rows';
import type { MemberRow } from './member-rows';

export interface MessageRow extends BaseRow {
  key: string;
  member?: MemberRow | null;
  template: string;
  to: string;
  locale: string | null;
  params: Record<string, string> | null;
  status: 'planned' | 'sent' | 'failed' | 'skipped';
  attempts: number;
  availableAt: IsoDate | null;
  sentAt: IsoDate | null;
  error: string | null;
}

/** A delivery or a wish to synchronise: only ids are kept, no payload is ever applied. */
export interface InboxRow {
  id: number;
  /** `evt_…`, or `sync:…` for one of our own. */
  stripeId: string;
  account: string;
  livemode: boolean;
  type: string;
  /** What to fetch: `sub_…`, `cs_…`, `cus_…`, `in_…`, `ch_…`, `product:…`; null when ignored. */
  key: string | null;
  status: InboxStatus;
  attempts: number;
  availableAt: IsoDate;
  receivedAt: IsoDate;
  processedAt: IsoDate | null;
  error: string | null;
  /** Found in Stripe's list of events before any delivery brought it. */
  polled: boolean | null;
}

export interface LockRow {
  id: number;
  name: string;
  owner: string | null;
  /** Fencing token: grows with every acquisition. */
  token: number;
  leaseUntil: IsoDate | null;
}
