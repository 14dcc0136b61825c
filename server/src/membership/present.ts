import type {
  GrantRow as GrantAnswer,
  PaymentRow as PaymentAnswer,
  TierRef,
} from '../../../contracts';
import { isActive } from '../domain/access';
import { exponentOf } from '../domain/money';
import { toMsOrNull, type GrantRow, type PaymentRow } from '../store';

/** A tier as other answers refer to it. */
export const tierRef = ({ documentId, name, slug }: TierRef): TierRef => ({
  documentId,
  name,
  slug,
});

export const isGrantActive = (row: GrantRow, now: number): boolean =>
  isActive(
    {
      startsAt: toMsOrNull(row.startsAt),
      endsAt: toMsOrNull(row.endsAt),
      revokedAt: toMsOrNull(row.revokedAt),
    },
    now
  );

/** A grant as it leaves the server. */
export const presentGrant = (row: GrantRow, now: number): GrantAnswer => ({
  documentId: row.documentId,
  tier: row.tier ? tierRef(row.tier) : null,
  source: row.source,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  revokedAt: row.revokedAt,
  revokedReason: row.revokedReason,
  active: isGrantActive(row, now),
});

/** Amounts leave as numbers: Stripe's largest fits a safe integer many times over. */
export const presentPayment = (row: PaymentRow): PaymentAnswer => ({
  documentId: row.documentId,
  stripeId: row.stripeId ?? '',
  number: row.number,
  status: row.status,
  currency: row.currency,
  exponent: exponentOf(row.currency),
  amountDue: Number(row.amountDue),
  amountPaid: Number(row.amountPaid),
  amountRefunded: Number(row.amountRefunded ?? 0),
  created: row.created,
  paidAt: row.paidAt,
  dueDate: row.dueDate,
  paidOutOfBand: row.paidOutOfBand === true,
  intentStatus: row.intentStatus,
  failureCode: row.failureCode,
  dispute:
    row.disputeStatus === null
      ? null
      : {
          status: row.disputeStatus,
          reason: row.disputeReason,
          evidenceDueBy: row.evidenceDueBy,
        },
  fraudWarningAt: row.fraudWarningAt,
  attemptCount: row.attemptCount,
  nextPaymentAttempt: row.nextPaymentAttempt,
  hostedInvoiceUrl: row.hostedInvoiceUrl,
});
