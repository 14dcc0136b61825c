import type { Instant, SubscriptionFacts } from './facts';

type Trial = Pick<SubscriptionFacts, 'stripeId' | 'status' | 'items' | 'trialStart'>;

/** Never came to be: its first payment was not made. */
const NEVER_BEGAN = 'incomplete_expired';

/** Whether a subscription is one of ours: some item of it is sold by our catalogue. */
export const isMembership = ({ items }: Pick<Trial, 'items'>): boolean =>
  items.some(({ tier }) => tier !== null);

/** Whether somebody has, or had, a membership: a first one may begin with a trial. */
export const hadSubscription = (subscriptions: readonly Omit<Trial, 'trialStart'>[]): boolean =>
  subscriptions.some((one) => isMembership(one) && one.status !== NEVER_BEGAN);

/**
 * A trial is used from its first second on: one that was cancelled in the same minute was one, or
 * cancelling would renew it for ever.
 */
const isTrial = (one: Trial): one is Trial & { trialStart: Instant } =>
  one.trialStart !== null && hadSubscription([one]);

/**
 * One trial per person: whether a subscription's trial is not its member's first. The first is the
 * one that began first, and of two that began in the same second the one with the smaller id, so that
 * the answer hangs on no order in which we hear of them, and exactly one of several is the first.
 *
 * @param all every subscription of the member in this account and mode, this one too or not
 */
export const repeatsTrial = (one: Trial, all: readonly Trial[]): boolean =>
  isTrial(one) &&
  all.some((other) => {
    if (other.stripeId === one.stripeId || !isTrial(other)) return false;
    if (other.trialStart !== one.trialStart) return other.trialStart < one.trialStart;
    return other.stripeId < one.stripeId;
  });

/**
 * Whether a subscription gives nothing yet because its member's one trial is used: until one of its
 * own invoices is paid. So nobody is charged who was not told, and nobody reads on a second trial.
 */
export const isTrialUsed = (
  one: Trial & Pick<SubscriptionFacts, 'paid'>,
  all: readonly Trial[]
): boolean => !one.paid && repeatsTrial(one, all);

/**
 * How long before its end a trial is told of: Stripe's three days, and an hour for two clocks that
 * differ, since no second event comes. Milliseconds.
 */
const NOTICE = 3 * 86_400_000 + 3_600_000;

/** Whether a trial is about to end by itself; one that is cut short has ended. */
export const isTrialEnding = (
  { status, trialEnd }: Pick<SubscriptionFacts, 'status' | 'trialEnd'>,
  now: Instant
): boolean =>
  status === 'trialing' && trialEnd !== null && trialEnd > now && trialEnd - now <= NOTICE;
