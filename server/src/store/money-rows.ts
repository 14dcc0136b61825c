import type { IsoDate } from '../../../contracts';
import type { ChargeFacts, ItemFacts, PendingChange } from '../domain/facts';
import type { MovementKind } from '../domain/movements';
import type { BaseRow, BigIntColumn, Mirrored } from './base-rows';
import type { TierRow } from './catalogue-rows';
import type { CustomerRow, MemberRow } from './member-rows';

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
