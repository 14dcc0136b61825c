import type { Core } from '@strapi/strapi';
import type { SubscriptionFacts } from '../domain/facts';
import type { PaymentChange } from '../domain/payments';
import type { Settlement } from '../domain/settle';
import type { Scope } from './known';
import { paymentData } from './payments';
import { table } from './table';
import { toIso, toIsoOrNull } from './time';

/** Whose rows are written. */
export interface Target extends Scope {
  member: { id: number; documentId: string };
  /** The mirrored customer that pays; null for changes that no Stripe object caused. */
  customer: number | null;
  timeZone: string;
}

/** The database's ids, by the ids that leave it. */
export type Ids = ReadonlyMap<string, number>;

/** A subscription's columns, but for its id and its relations. */
export const subscriptionData = (facts: SubscriptionFacts) => ({
  status: facts.status,
  currency: facts.currency,
  items: facts.items,
  mrr: String(facts.items.reduce((sum, { mrr }) => sum + mrr, 0)),
  startDate: toIsoOrNull(facts.startDate),
  currentPeriodStart: toIsoOrNull(facts.currentPeriodStart),
  currentPeriodEnd: toIsoOrNull(facts.currentPeriodEnd),
  cancelAtPeriodEnd: facts.cancelAtPeriodEnd,
  cancelAt: toIsoOrNull(facts.cancelAt),
  canceledAt: toIsoOrNull(facts.canceledAt),
  endedAt: toIsoOrNull(facts.endedAt),
  trialStart: toIsoOrNull(facts.trialStart),
  trialEnd: toIsoOrNull(facts.trialEnd),
  pauseCollection: facts.pauseCollection && {
    behavior: facts.pauseCollection.behavior,
    resumesAt: toIsoOrNull(facts.pauseCollection.resumesAt),
  },
  pendingChange: facts.pendingChange && {
    ...facts.pendingChange,
    at: toIso(facts.pendingChange.at),
  },
  paid: facts.paid,
  pastDueSince: toIsoOrNull(facts.pastDueSince),
  cancellationReason: facts.cancellation.reason,
  cancellationFeedback: facts.cancellation.feedback,
  cancellationComment: facts.cancellation.comment,
});

/**
 * Writes a mirrored row where the member's lock makes look-then-write safe.
 *
 * @param was Stripe's id that the row is known by until now
 */
const mirror = async (
  strapi: Core.Strapi,
  name: 'subscription' | 'payment',
  target: Target,
  stripeId: string,
  data: Record<string, unknown>,
  was = stripeId
): Promise<number> => {
  const scope = { account: target.account, livemode: target.livemode };
  const row = await table(strapi, name).findOne({
    where: { ...scope, stripeId: was },
    select: ['id'],
  });
  const owned = { ...data, ...scope, stripeId, member: target.member.id };
  if (row) {
    await table(strapi, name).update({ where: { id: row.id }, data: owned });
    return row.id;
  }
  return (await table(strapi, name).create({ data: owned })).id;
};

const writePayment = async (
  strapi: Core.Strapi,
  target: Target,
  { before, after }: PaymentChange,
  subscriptions: Ids
): Promise<void> => {
  const subscription =
    after.subscription === null ? undefined : subscriptions.get(after.subscription);
  const data = { ...paymentData(after), ...(subscription !== undefined && { subscription }) };
  await mirror(strapi, 'payment', target, after.stripeId, data, before?.stripeId);
};

const findSubscriptions = (
  strapi: Core.Strapi,
  { account, livemode }: Scope,
  stripeIds: string[]
) =>
  table(strapi, 'subscription').findMany({
    where: { account, livemode, stripeId: { $in: stripeIds } },
    select: ['id', 'stripeId'],
  });

/**
 * Writes the subscriptions and payments of a settlement.
 *
 * @returns the ids of its subscriptions, by Stripe's
 */
export const writeMirror = async (
  strapi: Core.Strapi,
  target: Target,
  settlement: Settlement
): Promise<Ids> => {
  const ids = new Map<string, number>();
  for (const facts of settlement.subscriptions) {
    const told = settlement.announcements.some(
      (news) => news.name === 'trial.ending' && news.stripeId === facts.stripeId
    );
    const data = {
      ...subscriptionData(facts),
      customer: target.customer,
      ...(told && { trialEndingFor: toIsoOrNull(facts.trialEnd) }),
    };
    ids.set(facts.stripeId, await mirror(strapi, 'subscription', target, facts.stripeId, data));
  }
  for (const change of settlement.payments) await writePayment(strapi, target, change, ids);
  // One that was looked at again without being fetched: another's trial was the first.
  const others = settlement.grants.create
    .map(({ subscription }) => subscription)
    .filter((stripeId) => !ids.has(stripeId));
  for (const { stripeId, id } of others.length === 0
    ? []
    : await findSubscriptions(strapi, target, others)) {
    if (stripeId !== null) ids.set(stripeId, id);
  }
  return ids;
};
