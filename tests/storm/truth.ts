import type { StripeSimulator } from '../stripe';
import type { Charge, Dispute, Invoice, Subscription, SubscriptionItem } from '../stripe/types';
import type { Catalogue } from './catalogue';

/** Fields by name, of one object; dates as ISO texts, as the site's rows have them. */
export type Fields = Record<string, unknown>;

/** What the site ought to hold, made of Stripe's state alone: none of the plugin's own code is asked. */
export interface Truth {
  /** By Stripe's id. */
  subscriptions: ReadonlyMap<string, Fields>;
  payments: ReadonlyMap<string, Fields>;
  /** Tiers that a subscription gives now, and until when; by its id. */
  access: ReadonlyMap<string, Fields>;
  /** Monthly revenue in thousandths of a minor unit by `currency tier`; by the subscription's id. */
  revenue: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Days of grace: the plugin's default. */
const GRACE_SECONDS = 14 * 86_400;

const date = (seconds: number | null | undefined): string | null =>
  typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : null;

/** How many months an interval is (docs/metrics.md). */
const MONTHS: Readonly<Record<string, number>> = {
  day: 12 / 365,
  week: 12 / 52,
  month: 1,
  year: 12,
};

const monthly = ({ price, quantity }: SubscriptionItem, factor: number): number => {
  if (!price.recurring) return 0;
  const months = (MONTHS[price.recurring.interval] ?? NaN) * price.recurring.interval_count;
  return Math.round(((price.unit_amount ?? 0) * (quantity ?? 1) * factor * 1000) / months);
};

export const readTruth = (sim: StripeSimulator, { tierOf }: Catalogue): Truth => {
  const { tables } = sim.worldFor(false);
  const now = sim.now() / 1000;

  /** What discounts that never end leave of a price: 0 to 1; the storm knows percentages only. */
  const afterDiscounts = ({ discounts }: Subscription): number =>
    discounts.reduce((left, id) => {
      const coupon = tables.coupons.get(String(tables.discounts.get(id)?.source.coupon));
      return coupon?.duration === 'forever' ? left * (1 - (coupon.percent_off ?? 0) / 100) : left;
    }, 1);

  const countsAsRevenue = ({ status }: Subscription) => ['active', 'past_due'].includes(status);

  const mrrOf = (one: Subscription): Map<string, number> => {
    const revenue = new Map<string, number>();
    if (!countsAsRevenue(one)) return revenue;
    for (const item of one.items.data) {
      const key = `${one.currency} ${tierOf.get(item.price.id)}`;
      revenue.set(key, (revenue.get(key) ?? 0) + monthly(item, afterDiscounts(one)));
    }
    return revenue;
  };

  const invoicesOf = ({ id }: Subscription): Invoice[] =>
    tables.invoices.filter(({ parent }) => parent?.subscription_details?.subscription === id);

  const chargesOf = ({ id }: Invoice): Charge[] => {
    const payments = tables.invoicePayments.filter(({ invoice }) => invoice === id);
    const intents = payments.map(({ payment }) => payment.payment_intent);
    return tables.charges.filter(
      ({ payment_intent: intent, paid }) => paid && intent !== null && intents.includes(intent)
    );
  };

  /** The storm disputes a charge once. */
  const disputeOf = (invoice: Invoice): Dispute | undefined => {
    const charges = chargesOf(invoice).map(({ id }) => id);
    return tables.disputes.filter(({ charge }) => charges.includes(charge))[0];
  };

  /** The bank has the money and has not decided: by default, nobody reads for it. */
  const isDisputed = (one: Subscription): boolean =>
    invoicesOf(one).some((invoice) =>
      ['needs_response', 'under_review'].includes(disputeOf(invoice)?.status ?? '')
    );

  /** Seconds; when the oldest invoice that is still owed was first asked for. */
  const overdueSince = (one: Subscription): number | null => {
    for (const wanted of ['open', 'uncollectible']) {
      const owed = invoicesOf(one).filter(
        ({ status, attempt_count: attempts }) => status === wanted && attempts > 0
      );
      const since = owed.map((invoice) => invoice.status_transitions.finalized_at ?? Infinity);
      if (since.length > 0) return Math.min(...since);
    }
    return null;
  };

  const accessOf = (one: Subscription): Fields => {
    const tiers = [...new Set(one.items.data.map(({ price }) => tierOf.get(price.id)))].sort();
    const none = { tiers: [], until: null };
    if (one.pause_collection || isDisputed(one)) return none;
    if (['active', 'trialing'].includes(one.status)) return { tiers, until: null };
    if (one.status !== 'past_due') return none;
    const since = overdueSince(one) ?? one.items.data[0]?.current_period_start ?? now;
    const until = since + GRACE_SECONDS;
    return until > now ? { tiers, until: date(until) } : none;
  };

  const subscription = (one: Subscription): Fields => {
    const items = one.items.data;
    const ends = items.map((item) => item.current_period_end);
    const starts = items.map((item) => item.current_period_start);
    return {
      status: one.status,
      customer: one.customer,
      email: tables.customers.get(one.customer)?.email ?? null,
      currency: one.currency,
      startDate: date(one.start_date),
      currentPeriodStart: date(Math.max(...starts)),
      currentPeriodEnd: date(Math.max(...ends)),
      cancelAtPeriodEnd: one.cancel_at_period_end,
      cancelAt: date(one.cancel_at),
      canceledAt: date(one.canceled_at),
      endedAt: date(one.ended_at),
      trialStart: date(one.trial_start),
      trialEnd: date(one.trial_end),
      pauseCollection: one.pause_collection && {
        behavior: one.pause_collection.behavior,
        resumesAt: date(one.pause_collection.resumes_at),
      },
      cancellationReason: one.cancellation_details?.reason ?? null,
      cancellationFeedback: one.cancellation_details?.feedback ?? null,
      cancellationComment: one.cancellation_details?.comment ?? null,
      items: items.map(({ id, price, quantity }) => ({
        stripeId: id,
        price: price.id,
        tier: tierOf.get(price.id),
        quantity: quantity ?? 1,
        amount: price.unit_amount,
        interval: price.recurring?.interval,
        intervalCount: price.recurring?.interval_count,
      })),
      mrr: [...mrrOf(one).values()].reduce((sum, mrr) => sum + mrr, 0),
    };
  };

  const payment = (one: Invoice): Fields => ({
    subscription: one.parent?.subscription_details?.subscription ?? null,
    number: one.number,
    status: one.status,
    billingReason: one.billing_reason,
    currency: one.currency,
    amountDue: one.amount_due,
    amountPaid: one.amount_paid,
    amountRemaining: one.amount_remaining,
    amountRefunded: chargesOf(one).reduce((sum, charge) => sum + charge.amount_refunded, 0),
    disputeStatus: disputeOf(one)?.status ?? null,
    attemptCount: one.attempt_count,
    nextPaymentAttempt: date(one.next_payment_attempt),
    created: date(one.created),
    paidAt: date(one.status_transitions.paid_at),
  });

  const all = tables.subscriptions.all();
  const by = <T>(read: (one: Subscription) => T) => new Map(all.map((one) => [one.id, read(one)]));
  return {
    subscriptions: by(subscription),
    access: by(accessOf),
    revenue: by(mrrOf),
    payments: new Map(
      tables.invoices
        .filter(({ status }) => status !== 'draft')
        .map((one) => [one.id ?? '', payment(one)])
    ),
  };
};
