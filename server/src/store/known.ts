import type { Core } from '@strapi/strapi';
import { UID } from '../constants';
import type { GrantFacts, Known, PriorSubscription } from '../domain/facts';
import { toPaymentRecord } from './payments';
import type { GrantRow, SubscriptionRow } from './rows';
import { table } from './table';
import { toMs, toMsOrNull } from './time';

/** The account and mode of a mirrored row; test and live, and two accounts, never mix. */
export interface Scope {
  account: string;
  livemode: boolean;
}

/** Holds a member's row until the open transaction ends: changes of one member happen one by one. */
export const lockMember = async (strapi: Core.Strapi, id: number): Promise<void> => {
  await strapi.db.queryBuilder(UID.member).select('id').where({ id }).forUpdate().execute();
};

export const toGrantFacts = (row: GrantRow): GrantFacts[] =>
  row.tier
    ? [
        {
          id: row.id,
          tier: row.tier.documentId,
          source: row.source,
          subscription: row.subscription?.stripeId ?? null,
          reference: row.reference,
          startsAt: row.startsAt === null ? 0 : toMs(row.startsAt),
          endsAt: toMsOrNull(row.endsAt),
          revokedAt: toMsOrNull(row.revokedAt),
          revokedReason: row.revokedReason,
        },
      ]
    : [];

/** A mirrored subscription as the facts it was written from. */
export const toPrior = (row: SubscriptionRow): PriorSubscription => ({
  stripeId: row.stripeId ?? '',
  status: row.status,
  currency: row.currency,
  items: row.items ?? [],
  startDate: toMsOrNull(row.startDate),
  currentPeriodStart: toMsOrNull(row.currentPeriodStart),
  currentPeriodEnd: toMsOrNull(row.currentPeriodEnd),
  cancelAtPeriodEnd: row.cancelAtPeriodEnd,
  cancelAt: toMsOrNull(row.cancelAt),
  canceledAt: toMsOrNull(row.canceledAt),
  endedAt: toMsOrNull(row.endedAt),
  trialStart: toMsOrNull(row.trialStart),
  trialEnd: toMsOrNull(row.trialEnd),
  pauseCollection: row.pauseCollection && {
    behavior: row.pauseCollection.behavior,
    resumesAt: toMsOrNull(row.pauseCollection.resumesAt),
  },
  pendingChange: row.pendingChange && { ...row.pendingChange, at: toMs(row.pendingChange.at) },
  paid: row.paid === true,
  pastDueSince: toMsOrNull(row.pastDueSince),
  cancellation: {
    reason: row.cancellationReason,
    feedback: row.cancellationFeedback,
    comment: row.cancellationComment,
  },
  trialEndingFor: toMsOrNull(row.trialEndingFor),
});

/**
 * What the database knows of a member, in one account and mode. Read it under `lockMember`.
 *
 * @param payments Stripe's ids of those that the change is about
 */
export const loadKnown = async (
  strapi: Core.Strapi,
  member: number,
  scope: Scope,
  payments: readonly string[]
): Promise<Known> => {
  const where = { member, ...scope };
  const [subscriptions, grants, priorPayments, movements] = [
    await table(strapi, 'subscription').findMany({ where }),
    await table(strapi, 'grant').findMany({
      where: { member },
      populate: ['tier', 'subscription'],
    }),
    // Those of the change too, whosever they were: a row is written where it is.
    await table(strapi, 'payment').findMany({
      where: { ...scope, $or: [{ member }, { stripeId: { $in: payments } }] },
      populate: ['subscription'],
    }),
    await table(strapi, 'movement').count({ where }),
  ];
  return {
    subscriptions: subscriptions.map(toPrior),
    grants: grants.flatMap(toGrantFacts),
    payments: priorPayments.map(toPaymentRecord),
    movements,
  };
};
