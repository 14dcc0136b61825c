import type {
  GrantSource,
  InboxStatus,
  Interval,
  IsoDate,
  TierKind,
  TierTranslation,
  Visibility,
} from '../../../contracts';
import type { ChargeFacts, ItemFacts, PendingChange, RevokedReason } from '../domain/facts';
import type { MovementKind } from '../domain/movements';
import type { CursorRow, DriftRow, PaceRow, RunRow } from './upkeep-rows';

/** What every content-type row has. `id` is the database's own, `documentId` is what leaves the server. */
export interface BaseRow {
  id: number;
  documentId: string;
  createdAt: IsoDate;
  updatedAt: IsoDate;
}

/** A biginteger as the query engine returns it: a string, on every database. */
export type BigIntColumn = string;

/** A row that mirrors an object of one Stripe account in one mode; unique together. */
export interface Mirrored {
  stripeId: string | null;
  account: string | null;
  livemode: boolean | null;
}

/** A row that is pushed to Stripe's catalogue. */
export interface Pushed extends Mirrored {
  /** Hash of what Stripe was last told; differs from the present one when a push is due. */
  syncedHash: string | null;
  syncedAt: IsoDate | null;
  syncError: string | null;
}

export interface TierRow extends BaseRow, Pushed {
  name: string;
  slug: string;
  description: string | null;
  benefits: string[] | null;
  translations: Record<string, TierTranslation> | null;
  kind: TierKind;
  rank: number;
  archivedAt: IsoDate | null;
  includes?: TierRow[];
}

export interface PriceRow extends BaseRow, Pushed {
  tier?: TierRow | null;
  /** Minor units. */
  amount: BigIntColumn;
  currency: string;
  interval: Interval | null;
  intervalCount: number;
  trialDays: number;
  active: boolean;
  /** For the owner's eyes, here and in Stripe's dashboard. */
  nickname: string | null;
  /** As Stripe holds it. */
  metadata: Record<string, string> | null;
}

/** A Stripe coupon, or a promotion code together with the coupon it stands for. */
export interface OfferRow extends BaseRow, Mirrored {
  name: string | null;
  /** What a buyer types; null for a coupon's own row. */
  code: string | null;
  /** Stripe's id of the coupon. */
  coupon: string | null;
  percentOff: number | null;
  /** Minor units. */
  amountOff: BigIntColumn | null;
  currency: string | null;
  duration: string;
  durationInMonths: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  expiresAt: IsoDate | null;
  active: boolean;
  /** Stripe's products; null: all. */
  appliesTo: string[] | null;
  /** Stripe's id of the one customer it is for. */
  customer: string | null;
  restrictions: {
    firstTimeTransaction: boolean;
    minimumAmount: number | null;
    minimumAmountCurrency: string | null;
    /** Minor units, by currency. */
    minimums: Record<string, number>;
  } | null;
}

export interface UserRow {
  id: number;
  documentId: string;
  username: string;
  email: string;
  blocked: boolean;
}

export interface MemberRow extends BaseRow {
  user?: UserRow | null;
  email: string | null;
  name: string | null;
  joinedAt: IsoDate | null;
  suspendedAt: IsoDate | null;
  /** SHA-256 of the single-use claim token; the token itself is only in the mail. */
  claimTokenHash: string | null;
  claimExpiresAt: IsoDate | null;
}

export interface CustomerRow extends BaseRow, Mirrored {
  member?: MemberRow | null;
  /** The one the portal opens and the next purchase is made with. */
  current: boolean;
  deleted: boolean | null;
  email: string | null;
  name: string | null;
  /** Of the default payment method. */
  cardBrand: string | null;
  cardLast4: string | null;
  cardExpMonth: number | null;
  cardExpYear: number | null;
  /** Stripe's id of it, as it was last known. */
  defaultPaymentMethod: string | null;
  /** Stripe's id of the discount that its subscriptions were last counted with. */
  discount: string | null;
}

export interface GrantRow extends BaseRow {
  member?: MemberRow | null;
  tier?: TierRow | null;
  subscription?: SubscriptionRow | null;
  source: GrantSource;
  startsAt: IsoDate;
  endsAt: IsoDate | null;
  revokedAt: IsoDate | null;
  /** Why, when what paid for it revoked it; null: a person did. */
  revokedReason: RevokedReason | null;
  /** What the grant came from when that is no subscription (`cs_…`, `registration:…`); unique. */
  reference: string | null;
}

export interface RuleRow extends BaseRow {
  targetUid: string;
  targetDocumentId: string;
  visibility: Visibility;
  tiers?: TierRow[];
  opensAt: IsoDate | null;
  dripDays: number | null;
}

export interface SubscriptionRow extends BaseRow, Mirrored {
  member?: MemberRow | null;
  customer?: CustomerRow | null;
  status: string;
  currency: string | null;
  items: ItemFacts[] | null;
  /** Thousandths of a minor unit. */
  mrr: BigIntColumn | null;
  startDate: IsoDate | null;
  currentPeriodStart: IsoDate | null;
  currentPeriodEnd: IsoDate | null;
  cancelAtPeriodEnd: boolean;
  cancelAt: IsoDate | null;
  canceledAt: IsoDate | null;
  endedAt: IsoDate | null;
  trialStart: IsoDate | null;
  trialEnd: IsoDate | null;
  pauseCollection: { behavior: string; resumesAt: IsoDate | null } | null;
  pendingChange: (Omit<PendingChange, 'at'> & { at: IsoDate }) | null;
  paid: boolean | null;
  /** The `trialEnd` that `trial.ending` was told of. */
  trialEndingFor: IsoDate | null;
  pastDueSince: IsoDate | null;
  cancellationReason: string | null;
  cancellationFeedback: string | null;
  cancellationComment: string | null;
}

export interface PaymentRow extends BaseRow, Mirrored {
  member?: MemberRow | null;
  subscription?: SubscriptionRow | null;
  checkoutSession: string | null;
  paymentIntent: string | null;
  number: string | null;
  status: string;
  billingReason: string | null;
  currency: string;
  amountDue: BigIntColumn;
  amountPaid: BigIntColumn;
  amountRemaining: BigIntColumn;
  attemptCount: number;
  nextPaymentAttempt: IsoDate | null;
  dueDate: IsoDate | null;
  created: IsoDate;
  paidAt: IsoDate | null;
  paidOutOfBand: boolean | null;
  intentStatus: string | null;
  failureCode: string | null;
  hostedInvoiceUrl: string | null;
  amountRefunded: BigIntColumn | null;
  /** Of the dispute that is open, else of the last. */
  disputeStatus: string | null;
  disputeReason: string | null;
  evidenceDueBy: IsoDate | null;
  fraudWarningAt: IsoDate | null;
  /** As facts: instants in milliseconds. */
  charges: ChargeFacts[] | null;
}

export interface MovementRow extends BaseRow {
  key: string;
  member?: MemberRow | null;
  tier?: TierRow | null;
  subscription?: SubscriptionRow | null;
  kind: MovementKind;
  occurredAt: IsoDate;
  /** `YYYY-MM` in the `revenue.timeZone` option. */
  period: string;
  currency: string;
  /** Thousandths of a minor unit, signed. */
  mrrChange: BigIntColumn;
  /** +1 when the member starts paying, -1 when they stop, else 0. */
  memberChange: number;
  reason: string | null;
  account: string | null;
  livemode: boolean | null;
}

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

export interface Rows {
  tier: TierRow;
  price: PriceRow;
  offer: OfferRow;
  member: MemberRow;
  customer: CustomerRow;
  grant: GrantRow;
  rule: RuleRow;
  subscription: SubscriptionRow;
  payment: PaymentRow;
  movement: MovementRow;
  message: MessageRow;
  inbox: InboxRow;
  lock: LockRow;
  pace: PaceRow;
  cursor: CursorRow;
  run: RunRow;
  drift: DriftRow;
  user: UserRow;
}
