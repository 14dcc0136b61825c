import { itemMrr } from '../../../../server/src/domain/mrr';
import { periodOf } from '../../../../server/src/domain/period';
import { TIERS } from '../tiers';
import type { PaidTier, PlannedSubscription } from './plan';

const DAY = 24 * 60 * 60 * 1000;
const TIME_ZONE = 'UTC';

/** Numeric ids of what a subscription's rows point to. */
export interface Links {
  member: number;
  subscription: number;
  tiers: Record<PaidTier, number>;
}

/** The account the simulator or Stripe answers for: the plugin's reports ask for one account at a time. */
export interface Place {
  account: string;
  livemode: boolean;
}

export const iso = (at: number): string => new Date(at).toISOString();

const priceOf = (plan: PlannedSubscription, tier: PaidTier) =>
  TIERS.find(({ slug }) => slug === tier)?.prices.find(
    ({ currency, interval, intervalCount }) =>
      currency === plan.price.currency &&
      interval === plan.price.interval &&
      intervalCount === plan.price.intervalCount
  ) ?? plan.price;

export const mrrOf = (plan: PlannedSubscription, tier: PaidTier): number => {
  const { amount, interval, intervalCount } = priceOf(plan, tier);
  return (
    itemMrr('active', [{ amount, quantity: 1, interval, intervalCount, metered: false }])[0] ?? 0
  );
};

export const tierAt = (plan: PlannedSubscription, at: number): PaidTier =>
  plan.upgradedAt !== null && plan.upgradedAt <= at ? 'gold' : plan.tier;

export const lastTier = (plan: PlannedSubscription): PaidTier => tierAt(plan, Infinity);

export const grantRows = (plan: PlannedSubscription, { member, subscription, tiers }: Links) => {
  const ends = plan.endedAt === null ? null : iso(plan.endedAt);
  const grant = (tier: PaidTier, startsAt: number, endsAt: string | null) => ({
    member,
    subscription,
    tier: tiers[tier],
    source: 'subscription',
    startsAt: iso(startsAt),
    endsAt,
  });
  return plan.upgradedAt === null
    ? [grant(plan.tier, plan.startedAt, ends)]
    : [
        grant(plan.tier, plan.startedAt, iso(plan.upgradedAt)),
        grant('gold', plan.upgradedAt, ends),
      ];
};

export const paymentRows = (
  plan: PlannedSubscription,
  links: Links,
  place: Place,
  name: string
) => {
  const { currency } = plan.price;
  const row = (at: number, index: number, paid: boolean) => {
    const amount = priceOf(plan, tierAt(plan, at)).amount;
    return {
      ...place,
      member: links.member,
      subscription: links.subscription,
      stripeId: `in_demo_${name}_${index}`,
      number: `TIDE-${name.toUpperCase()}-${String(index + 1).padStart(4, '0')}`,
      status: paid ? 'paid' : 'open',
      billingReason: index === 0 ? 'subscription_create' : 'subscription_cycle',
      currency,
      amountDue: amount,
      amountPaid: paid ? amount : 0,
      amountRemaining: paid ? 0 : amount,
      attemptCount: paid ? 1 : 2,
      nextPaymentAttempt: paid ? null : iso(at + 5 * DAY),
      created: iso(at),
      paidAt: paid ? iso(at) : null,
      hostedInvoiceUrl: null,
    };
  };
  const paid = plan.paidAt.map((at, index) => row(at, index, true));
  const open = plan.status === 'past_due' ? [plan.periodStart] : [];
  return [...paid, ...open.map((at) => row(at, paid.length, false))];
};

export const movementRows = (
  plan: PlannedSubscription,
  links: Links,
  place: Place,
  name: string,
  returning: boolean
) => {
  const row = (
    kind: string,
    at: number,
    tier: PaidTier,
    mrrChange: number,
    memberChange: number,
    reason: string | null = null
  ) => ({
    ...place,
    key: `demo:${name}:${kind}:${tier}`,
    member: links.member,
    subscription: links.subscription,
    tier: links.tiers[tier],
    kind,
    occurredAt: iso(at),
    period: periodOf(at, TIME_ZONE),
    currency: plan.price.currency,
    mrrChange,
    memberChange,
    reason,
  });
  const start = row(
    returning ? 'reactivation' : 'new',
    plan.startedAt,
    plan.tier,
    mrrOf(plan, plan.tier),
    1
  );
  const upgrade =
    plan.upgradedAt === null
      ? []
      : [
          row('expansion', plan.upgradedAt, plan.tier, -mrrOf(plan, plan.tier), 0),
          row('expansion', plan.upgradedAt, 'gold', mrrOf(plan, 'gold'), 0),
        ];
  const tier = lastTier(plan);
  const end =
    plan.endedAt === null
      ? []
      : [row('churn', plan.endedAt, tier, -mrrOf(plan, tier), -1, plan.feedback ?? plan.reason)];
  return [start, ...upgrade, ...end];
};
