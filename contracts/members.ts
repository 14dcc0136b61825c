import type { GrantSource, IsoDate, MinorUnits, One, Paged, TierRef } from './common';

/**
 * The first that holds: suspended; past_due, trialing or paying by a subscription; complimentary by
 * another paid grant; free by a free tier; expired after any of them; none.
 */
export type MemberStatus =
  'suspended' | 'past_due' | 'trialing' | 'paying' | 'complimentary' | 'free' | 'expired' | 'none';

export const MEMBER_STATUSES: readonly MemberStatus[] = [
  'suspended',
  'past_due',
  'trialing',
  'paying',
  'complimentary',
  'free',
  'expired',
  'none',
];

/**
 * `GET /memberships/members?page=1&pageSize=25&_q=ada&tier=<documentId>&status=paying&sort=joinedAt:desc`
 * (`sort`: `joinedAt`, `email` or `name`, `:asc` or `:desc`; `pageSize` at most 100).
 */
export interface MemberRow {
  documentId: string;
  email: string | null;
  name: string | null;
  status: MemberStatus;
  /** Held now, by any grant. */
  tiers: TierRef[];
  joinedAt: IsoDate | null;
  user: { documentId: string; username: string } | null;
}

export type MembersResponse = Paged<MemberRow>;

export interface GrantRow {
  documentId: string;
  tier: TierRef | null;
  source: GrantSource;
  startsAt: IsoDate;
  /** null: until something ends it. */
  endsAt: IsoDate | null;
  revokedAt: IsoDate | null;
  /** What became of the money, when that revoked it; null: a person did, or nobody. */
  revokedReason: 'dispute' | 'refund' | null;
  /** Gives access now. */
  active: boolean;
}

export interface SubscriptionItem {
  tier: TierRef | null;
  quantity: number;
  amount: MinorUnits | null;
  interval: string | null;
  intervalCount: number | null;
}

/**
 * Why a subscription gives no access now: `trial-used` (a second trial of one person: not until it is
 * paid), `paused`, `past-due` (longer than the grace), `unpaid`, `incomplete` (the first payment waits
 * for somebody), `ended`, `unknown` (a status of Stripe's that is newer than this plugin), `disputed`
 * and `refunded` (what was paid for it, by the owner's policies).
 */
export type Withheld =
  | 'trial-used'
  | 'paused'
  | 'past-due'
  | 'unpaid'
  | 'incomplete'
  | 'ended'
  | 'unknown'
  | 'disputed'
  | 'refunded';

/** A change that was asked for and has not happened: access and amounts are still the old ones. */
export interface PendingChange {
  /** `schedule`: it happens by itself; `payment`: somebody must confirm a payment first. */
  cause: 'schedule' | 'payment';
  /** When it happens; of one that waits for a payment, until when that can be made. */
  at: IsoDate;
  /** What the subscription holds from then on; none: it ends. `price` is a documentId. */
  items: { price: string | null; tier: TierRef | null; quantity: number }[];
}

export interface SubscriptionRow {
  documentId: string;
  stripeId: string;
  livemode: boolean;
  status: string;
  currency: string | null;
  items: SubscriptionItem[];
  startDate: IsoDate | null;
  currentPeriodEnd: IsoDate | null;
  cancelAtPeriodEnd: boolean;
  cancelAt: IsoDate | null;
  endedAt: IsoDate | null;
  trialEnd: IsoDate | null;
  /** Payments are paused (`pause_collection`), or the whole subscription is; until when, if known. */
  paused: { resumesAt: IsoDate | null } | null;
  pendingChange: PendingChange | null;
  /** null: it gives access to its tiers. */
  withheld: Withheld | null;
}

export interface PaymentRow {
  documentId: string;
  stripeId: string;
  number: string | null;
  status: string;
  currency: string;
  /** Digits after the decimal point: 0, 2 or 3. */
  exponent: number;
  amountDue: MinorUnits;
  amountPaid: MinorUnits;
  amountRefunded: MinorUnits;
  created: IsoDate;
  paidAt: IsoDate | null;
  dueDate: IsoDate | null;
  /** The money came another way than through Stripe. */
  paidOutOfBand: boolean;
  /** While it is open: `processing`, `requires_action`, … */
  intentStatus: string | null;
  failureCode: string | null;
  /** Of the dispute that is open, else of the last. */
  dispute: { status: string; reason: string | null; evidenceDueBy: IsoDate | null } | null;
  fraudWarningAt: IsoDate | null;
  attemptCount: number;
  nextPaymentAttempt: IsoDate | null;
  hostedInvoiceUrl: string | null;
}

/** `GET /memberships/members/:documentId`: newest first, at most 100 payments. */
export interface MemberDetail extends MemberRow {
  suspendedAt: IsoDate | null;
  customers: { stripeId: string; livemode: boolean; current: boolean }[];
  grants: GrantRow[];
  subscriptions: SubscriptionRow[];
  payments: PaymentRow[];
}

export type MemberResponse = One<MemberDetail>;

/** `POST /memberships/members`: a member by hand, e.g. to give a complimentary tier. */
export interface MemberInput {
  email: string;
  name?: string;
}

/** `POST /memberships/members/:documentId/grants`: gives a complimentary tier. */
export interface GrantInput {
  /** documentId of a tier that is not archived. */
  tier: string;
  /** In the future; absent or null: until ended by hand. */
  endsAt?: IsoDate | null;
}

/** `DELETE /memberships/members/:documentId/grants/:grant` ends a complimentary grant now. */
export type GrantResponse = One<GrantRow>;
