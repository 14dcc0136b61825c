import { addMonths } from 'date-fns';
import { createRandom, type Random } from '../random';
import { TIERS, type SeededPrice } from '../tiers';

const DAY = 24 * 60 * 60 * 1000;
const READERS = 220;
const MONTHS = 26;

export type PaidTier = 'silver' | 'gold';

export interface PlannedSubscription {
  tier: PaidTier;
  price: SeededPrice;
  startedAt: number;
  /** Silver readers who moved up to Gold, and when. */
  upgradedAt: number | null;
  /** Due dates that were paid, oldest first. */
  paidAt: number[];
  periodStart: number;
  periodEnd: number;
  status: 'active' | 'past_due' | 'canceled';
  cancelAtPeriodEnd: boolean;
  endedAt: number | null;
  feedback: string | null;
  reason: 'cancellation_requested' | 'payment_failed' | null;
}

export interface PlannedReader {
  number: number;
  joinedAt: number;
  complimentary: boolean;
  suspended: boolean;
  subscriptions: PlannedSubscription[];
}

/** How likely a reader is to leave at the end of a period: the longer the plan, the longer they stay. */
const LEAVING: Readonly<Record<string, number>> = {
  'month-1': 0.06,
  'month-3': 0.12,
  'year-1': 0.28,
};

const FEEDBACK = {
  too_expensive: 31,
  unused: 26,
  switched_service: 9,
  missing_features: 8,
  other: 8,
  low_quality: 4,
  customer_service: 2,
} as const;

const pricesOf = (tier: PaidTier): readonly SeededPrice[] =>
  TIERS.find(({ slug }) => slug === tier)?.prices ?? [];

const pickPrice = (random: Random, tier: PaidTier): SeededPrice => {
  const currency = random.weighted({ eur: 78, jpy: 22 });
  const plan = random.weighted({ 'month-1': 58, 'month-3': 14, 'year-1': 28 });
  return pricesOf(tier).find(
    (price) => price.currency === currency && `${price.interval}-${price.intervalCount}` === plan
  )!;
};

const monthsOf = ({ interval, intervalCount }: SeededPrice): number =>
  (interval === 'year' ? 12 : 1) * intervalCount;

/** Due dates up to now, and whether the reader left at the end of the last of these periods. */
const planPeriods = (random: Random, price: SeededPrice, startedAt: number, now: number) => {
  const leaving = LEAVING[`${price.interval}-${price.intervalCount}`] ?? 0;
  const end = (periods: number) => addMonths(startedAt, monthsOf(price) * periods).getTime();
  const dueAt = [startedAt];
  let left = false;
  while (!left && end(dueAt.length) <= now) {
    left = random.chance(leaving);
    if (!left) dueAt.push(end(dueAt.length));
  }
  return { dueAt, left, periodEnd: end(dueAt.length) };
};

const planSubscription = (random: Random, startedAt: number, now: number): PlannedSubscription => {
  const tier = random.weighted({ silver: 70, gold: 30 });
  const price = pickPrice(random, tier);
  const { dueAt, left, periodEnd } = planPeriods(random, price, startedAt, now);
  const periodStart = dueAt[dueAt.length - 1] ?? startedAt;
  const upgraded = tier === 'silver' && dueAt.length > 2 && random.chance(0.15);
  const failed = left && random.chance(0.22);
  // Within the grace of fourteen days: a longer debt would have ended the subscription.
  const inArrears =
    !left && dueAt.length > 1 && now - periodStart < 12 * DAY && random.chance(0.12);
  const cancelAtPeriodEnd = !left && !inArrears && random.chance(0.05);
  const onPurpose = (left && !failed) || cancelAtPeriodEnd;
  return {
    tier,
    price,
    startedAt,
    upgradedAt: upgraded ? (dueAt[random.between(1, dueAt.length - 1)] ?? null) : null,
    paidAt: inArrears ? dueAt.slice(0, -1) : dueAt,
    periodStart,
    periodEnd,
    status: left ? 'canceled' : inArrears ? 'past_due' : 'active',
    cancelAtPeriodEnd,
    endedAt: left ? periodEnd : null,
    feedback: onPurpose && random.chance(0.8) ? random.weighted(FEEDBACK) : null,
    reason: failed ? 'payment_failed' : onPurpose ? 'cancellation_requested' : null,
  };
};

const planReader = (random: Random, number: number, now: number): PlannedReader => {
  // The square root leans towards the present: a magazine that grows.
  const age = (1 - Math.sqrt(random.next())) * MONTHS * 30.4 + random.next();
  const joinedAt = now - age * DAY - random.between(1, 20) * 3_600_000;
  const kind = random.weighted({ subscriber: 80, free: 17, complimentary: 3 });
  const subscriptions: PlannedSubscription[] = [];
  if (kind === 'subscriber') {
    const first = planSubscription(random, joinedAt, now);
    subscriptions.push(first);
    const back = (first.endedAt ?? now) + random.between(25, 110) * DAY;
    if (first.endedAt !== null && back < now && random.chance(0.25)) {
      subscriptions.push(planSubscription(random, back, now));
    }
  }
  return {
    number,
    joinedAt,
    complimentary: kind === 'complimentary',
    suspended: kind === 'free' && random.chance(0.06),
    subscriptions,
  };
};

/** Two years of readers who come, stay, move up, fall behind, leave and return. */
export const planHistory = (now: number, seed = 20260401): PlannedReader[] => {
  const random = createRandom(seed);
  return Array.from({ length: READERS }, (_, index) => planReader(random, index + 1, now)).sort(
    (one, other) => one.joinedAt - other.joinedAt
  );
};
