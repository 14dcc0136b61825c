import type Stripe from 'stripe';
import type { ChargeFacts, DisputeFacts, RefundFacts } from '../../domain/facts';
import { idOf, instant, numberOr, stringOr, stringOrNull } from './common';

export const readRefund = (refund: Stripe.Refund): RefundFacts => ({
  stripeId: idOf(refund) ?? '',
  amount: numberOr(refund.amount, 0),
  status: stringOrNull(refund.status),
  reason: stringOrNull(refund.reason),
  created: instant(refund.created) ?? 0,
});

export const readDispute = (dispute: Stripe.Dispute): DisputeFacts => ({
  stripeId: idOf(dispute) ?? '',
  status: stringOr(dispute.status, ''),
  reason: stringOr(dispute.reason, ''),
  amount: numberOr(dispute.amount, 0),
  created: instant(dispute.created) ?? 0,
  evidenceDueBy: instant(dispute.evidence_details?.due_by),
});

/** Lists come newest first, and newer ones push others back: kept in the order they were made. */
const byAge = <T extends { created: number; stripeId: string }>(facts: T[]): T[] =>
  facts.sort(
    (one, other) => one.created - other.created || (one.stripeId < other.stripeId ? -1 : 1)
  );

/** A charge as Stripe sends it now, with all that happened to its money, as facts. */
export const readCharge = (
  charge: Stripe.Charge,
  refunds: readonly Stripe.Refund[],
  disputes: readonly Stripe.Dispute[],
  warnings: readonly Stripe.Radar.EarlyFraudWarning[]
): ChargeFacts => {
  const warned = warnings.flatMap(({ created }) => instant(created) ?? []);
  return {
    stripeId: idOf(charge) ?? '',
    amount: numberOr(charge.amount, 0),
    amountRefunded: numberOr(charge.amount_refunded, 0),
    refunds: byAge(refunds.map(readRefund)),
    disputes: byAge(disputes.map(readDispute)),
    fraudWarningAt: warned.length > 0 ? Math.min(...warned) : null,
  };
};
