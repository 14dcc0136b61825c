import type { Core } from '@strapi/strapi';
import { UID } from '../../../../server/src/constants';
import { planHistory, type PlannedReader, type PlannedSubscription } from './plan';
import {
  grantRows,
  iso,
  lastTier,
  movementRows,
  mrrOf,
  paymentRows,
  type Links,
  type Place,
} from './rows';

interface Tier {
  id: number;
  documentId: string;
  slug: string;
}

/** What is inserted in bulk at the end: nothing points to these rows. */
interface Pending {
  grants: object[];
  payments: object[];
  movements: object[];
}

const subscriptionRow = (
  plan: PlannedSubscription,
  name: string,
  place: Place,
  links: { member: number; customer: number },
  tier: Tier
) => {
  const { amount, currency, interval, intervalCount } = plan.price;
  const over = plan.endedAt !== null;
  return {
    ...place,
    ...links,
    stripeId: `sub_demo_${name}`,
    status: plan.status,
    currency,
    items: [
      {
        stripeId: `si_demo_${name}`,
        price: `price_demo_${tier.slug}_${currency}_${interval}_${intervalCount}`,
        tier: tier.documentId,
        quantity: 1,
        amount,
        interval,
        intervalCount,
      },
    ],
    mrr: over ? 0 : mrrOf(plan, lastTier(plan)),
    startDate: iso(plan.startedAt),
    currentPeriodStart: iso(plan.periodStart),
    currentPeriodEnd: iso(plan.periodEnd),
    cancelAtPeriodEnd: plan.cancelAtPeriodEnd,
    canceledAt: plan.endedAt === null ? null : iso(plan.endedAt),
    endedAt: plan.endedAt === null ? null : iso(plan.endedAt),
    pastDueSince: plan.status === 'past_due' ? iso(plan.periodStart) : null,
    cancellationReason: plan.reason,
    cancellationFeedback: plan.feedback,
  };
};

const writeReader = async (
  strapi: Core.Strapi,
  reader: PlannedReader,
  tiers: Record<'free' | 'silver' | 'gold', Tier>,
  place: Place,
  pending: Pending
): Promise<void> => {
  const email = `reader${reader.number}@example.com`;
  const member = await strapi.db.query(UID.member).create({
    data: {
      email,
      name: `Reader ${reader.number}`,
      joinedAt: iso(reader.joinedAt),
      suspendedAt: reader.suspended ? iso(reader.joinedAt + 86_400_000) : null,
    },
  });
  const given = { member: member.id, startsAt: iso(reader.joinedAt) };
  pending.grants.push({ ...given, tier: tiers.free.id, source: 'registration' });
  if (reader.complimentary) {
    pending.grants.push({ ...given, tier: tiers.gold.id, source: 'complimentary' });
  }
  if (reader.subscriptions.length === 0) return;

  const customer = await strapi.db.query(UID.customer).create({
    data: {
      ...place,
      member: member.id,
      current: true,
      email,
      stripeId: `cus_demo_${reader.number}`,
    },
  });
  for (const [index, plan] of reader.subscriptions.entries()) {
    const name = `${reader.number}${index === 0 ? '' : 'b'}`;
    const owner = { member: member.id, customer: customer.id };
    const subscription = await strapi.db
      .query(UID.subscription)
      .create({ data: subscriptionRow(plan, name, place, owner, tiers[lastTier(plan)]) });
    const links: Links = {
      member: member.id,
      subscription: subscription.id,
      tiers: { silver: tiers.silver.id, gold: tiers.gold.id },
    };
    pending.grants.push(...grantRows(plan, links));
    pending.payments.push(...paymentRows(plan, links, place, name));
    pending.movements.push(...movementRows(plan, links, place, name, index > 0));
  }
};

/**
 * Readers of the past months, straight into the plugin's tables: Stripe cannot be asked to have sold
 * something last year. What the demo itself sells goes through checkout and webhooks.
 */
export const seedHistory = async (
  strapi: Core.Strapi,
  place: Place,
  now: number
): Promise<void> => {
  if (await strapi.db.query(UID.member).count({ where: { email: 'reader1@example.com' } })) return;
  const rows: Tier[] = await strapi.db.query(UID.tier).findMany({});
  const [free, silver, gold] = ['free', 'silver', 'gold'].map((slug) =>
    rows.find((tier) => tier.slug === slug)
  );
  if (!free || !silver || !gold) throw new Error('The tiers are seeded before their members');

  const pending: Pending = { grants: [], payments: [], movements: [] };
  for (const reader of planHistory(now)) {
    await writeReader(strapi, reader, { free, silver, gold }, place, pending);
  }
  await strapi.db.query(UID.grant).createMany({ data: pending.grants });
  await strapi.db.query(UID.payment).createMany({ data: pending.payments });
  await strapi.db.query(UID.movement).createMany({ data: pending.movements });
};
