import type { Core } from '@strapi/strapi';
import type { Me, NextPayment } from '../../../contracts';
import { getConfig, now } from '../config';
import { heldTiers } from '../domain/held';
import { exponentOf } from '../domain/money';
import { isLive } from '../domain/status';
import {
  ensureMember,
  loadTierMap,
  table,
  toIsoOrNull,
  toMs,
  toMsOrNull,
  type SubscriptionRow,
  type UserRow,
} from '../store';
import { isGrantActive, presentGrant, presentSubscription, tierRef } from './present';

/** The earliest charge that is coming, as price × quantity: discounts and taxes are Stripe's to add. */
const nextPaymentOf = (subscriptions: SubscriptionRow[]): NextPayment | null => {
  const coming = subscriptions.flatMap((row): NextPayment[] => {
    const ending = row.cancelAtPeriodEnd || row.cancelAt !== null || row.pauseCollection !== null;
    if (ending || !['active', 'trialing'].includes(row.status)) return [];
    if (row.currency === null || row.currentPeriodEnd === null) return [];
    const amount = (row.items ?? []).reduce(
      (sum, item) => sum + (item.amount ?? 0) * item.quantity,
      0
    );
    const { currency, currentPeriodEnd: date } = row;
    return [{ amount, currency, exponent: exponentOf(currency), date }];
  });
  return coming.sort((a, b) => toMs(a.date) - toMs(b.date))[0] ?? null;
};

/**
 * What a signed-in user has: tiers and why, until when, subscriptions, the next payment. A suspended
 * member holds nothing.
 */
export const findMe = async (
  strapi: Core.Strapi,
  user: Pick<UserRow, 'id' | 'email' | 'username'>
): Promise<Me> => {
  const at = now(strapi);
  const member = await ensureMember(strapi, user);
  const { tiers, inclusions } = await loadTierMap(strapi);
  const grants = await table(strapi, 'grant').findMany({
    where: { member: member.id },
    populate: ['tier'],
    orderBy: { id: 'desc' },
  });
  const subscriptions = await table(strapi, 'subscription').findMany({
    where: { member: member.id, livemode: getConfig(strapi).stripe.livemode },
    orderBy: { id: 'desc' },
  });

  const active = grants.flatMap((row) =>
    row.tier && isGrantActive(row, at)
      ? [{ tier: tierRef(row.tier), source: row.source, endsAt: toMsOrNull(row.endsAt) }]
      : []
  );
  const held = member.suspendedAt ? [] : heldTiers(active, inclusions);
  return {
    member: {
      documentId: member.documentId,
      email: member.email,
      name: member.name,
      suspendedAt: member.suspendedAt,
    },
    tiers: held.map(({ tier, sources, until, includedBy }) => ({
      ...tier,
      sources,
      until: toIsoOrNull(until),
      includedBy,
    })),
    grants: grants.map((row) => presentGrant(row, at)),
    subscriptions: subscriptions.map((row) => presentSubscription(row, tiers)),
    nextPayment: nextPaymentOf(subscriptions.filter(({ status }) => isLive(status))),
  };
};
