import type { Core } from '@strapi/strapi';
import type { DisputeFacts, PaymentRecord } from '../domain/facts';
import { refundedOf } from '../domain/payments';
import { isOpenDispute } from '../domain/withhold';
import type { Scope } from './known';
import type { MemberRow, PaymentRow } from './rows';
import { table } from './table';
import { toIso, toIsoOrNull, toMs, toMsOrNull } from './time';

/** A row as facts, the way `settle` compares them. */
export const toPaymentRecord = (row: PaymentRow): PaymentRecord => ({
  stripeId: row.stripeId ?? '',
  subscription: row.subscription?.stripeId ?? null,
  checkoutSession: row.checkoutSession,
  paymentIntent: row.paymentIntent,
  number: row.number,
  status: row.status,
  billingReason: row.billingReason,
  currency: row.currency,
  amountDue: Number(row.amountDue),
  amountPaid: Number(row.amountPaid),
  amountRemaining: Number(row.amountRemaining),
  attemptCount: row.attemptCount,
  nextPaymentAttempt: toMsOrNull(row.nextPaymentAttempt),
  dueDate: toMsOrNull(row.dueDate),
  created: toMs(row.created),
  paidAt: toMsOrNull(row.paidAt),
  paidOutOfBand: row.paidOutOfBand === true,
  intentStatus: row.intentStatus,
  failureCode: row.failureCode,
  hostedInvoiceUrl: row.hostedInvoiceUrl,
  charges: row.charges ?? [],
});

/** The dispute that asks for somebody: the first that is open, else the last there was. */
const foremost = ({ charges }: PaymentRecord): DisputeFacts | undefined => {
  const disputes = charges
    .flatMap((charge) => charge.disputes)
    .toSorted((one, other) => one.created - other.created);
  return disputes.find(isOpenDispute) ?? disputes.at(-1);
};

const earliest = (instants: (number | null)[]): number | null => {
  const known = instants.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

/** A record's columns, but for its id and its relations. */
export const paymentData = (record: PaymentRecord) => {
  const dispute = foremost(record);
  return {
    checkoutSession: record.checkoutSession,
    paymentIntent: record.paymentIntent,
    number: record.number,
    status: record.status,
    billingReason: record.billingReason,
    currency: record.currency,
    amountDue: String(record.amountDue),
    amountPaid: String(record.amountPaid),
    amountRemaining: String(record.amountRemaining),
    attemptCount: record.attemptCount,
    nextPaymentAttempt: toIsoOrNull(record.nextPaymentAttempt),
    dueDate: toIsoOrNull(record.dueDate),
    created: toIso(record.created),
    paidAt: toIsoOrNull(record.paidAt),
    paidOutOfBand: record.paidOutOfBand,
    intentStatus: record.intentStatus,
    failureCode: record.failureCode,
    hostedInvoiceUrl: record.hostedInvoiceUrl,
    amountRefunded: String(refundedOf(record)),
    disputeStatus: dispute?.status ?? null,
    disputeReason: dispute?.reason ?? null,
    evidenceDueBy: dispute && isOpenDispute(dispute) ? toIsoOrNull(dispute.evidenceDueBy) : null,
    fraudWarningAt: toIsoOrNull(earliest(record.charges.map((charge) => charge.fraudWarningAt))),
    charges: record.charges,
  };
};

export type OwnedPayment = PaymentRow & { member: MemberRow };

/**
 * The mirrored payment of an invoice or a payment intent, with its member.
 *
 * @param ids `in_…` or `pi_…`
 */
export const findPayment = async (
  strapi: Core.Strapi,
  scope: Scope,
  ids: readonly string[]
): Promise<OwnedPayment | null> => {
  const row = await table(strapi, 'payment').findOne({
    where: { ...scope, $or: [{ stripeId: { $in: ids } }, { paymentIntent: { $in: ids } }] },
    populate: ['member'],
  });
  const hasMember = (one: PaymentRow | null): one is OwnedPayment => Boolean(one?.member);
  return hasMember(row) ? row : null;
};
