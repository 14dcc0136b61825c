import type { Customer, Subscription } from '../stripe/types';
import { isOpen, personOf, type Books } from './books';
import type { Catalogue } from './catalogue';
import { entitledBy, isPaid, NOTHING, overdueSince } from './entitled';
import { pendingOf } from './pending';
import { readPurchases, type Purchase } from './purchases';
import { readPayments } from './receipts';
import { date } from './reading';
import { revenueOf } from './recurring';

/** Fields by name, of one object; dates as ISO texts, as the site's rows have them. */
export type Fields = Record<string, unknown>;

/** What the site ought to hold, made of Stripe's state alone: none of the plugin's own code is asked. */
export interface Truth {
  /** By Stripe's id. */
  subscriptions: ReadonlyMap<string, Fields>;
  payments: ReadonlyMap<string, Fields>;
  customers: ReadonlyMap<string, Fields>;
  /** Tiers that a subscription gives now, and until when; by its id. */
  access: ReadonlyMap<string, Fields>;
  /** What was bought once, by its checkout and tier. */
  purchases: ReadonlyMap<string, Purchase>;
  /** Monthly revenue in thousandths of a minor unit by `currency tier`; by the subscription's id. */
  revenue: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** A card that is chosen for the one subscription somebody has is the customer's from then on. */
const usualMethod = (books: Books, one: Customer): string => {
  const live = books
    .subscriptionsOf(one.id)
    .filter(({ customer, ended_at }) => customer === one.id && ended_at === null);
  const own = live.length === 1 ? live[0]?.default_payment_method : null;
  return String(own ?? one.invoice_settings.default_payment_method ?? '');
};

/** Whom a customer is of, and what is paid with next. */
const customer = (books: Books, one: Customer): Fields => {
  const method = books.tables.paymentMethods.get(usualMethod(books, one));
  return {
    email: one.email,
    name: one.name,
    deleted: false,
    ...(one.metadata.member && { member: one.metadata.member }),
    ...(method && {
      defaultPaymentMethod: method.id,
      cardBrand: method.card?.brand ?? null,
      cardLast4: method.card?.last4 ?? null,
      cardExpMonth: method.card?.exp_month ?? null,
      cardExpYear: method.card?.exp_year ?? null,
    }),
  };
};

const pauseOf = ({ pause_collection: pause }: Subscription) =>
  pause && { behavior: pause.behavior, resumesAt: date(pause.resumes_at) };

export const readTruth = (books: Books, { tierOf }: Catalogue): Truth => {
  const { tables, now } = books;
  const invoicesOf = (id: string) => books.invoicesOf(id);
  const tier = (price: string) => tierOf.get(price);

  const isMember = (id: string) => personOf(tables.customers, id) !== id;

  /** The bank has the money and has not decided: by default, nobody reads for it. */
  const isDisputed = ({ id }: Subscription): boolean =>
    invoicesOf(id).some((one) => books.disputesOf(books.chargesOf(one.id)).some(isOpen));

  const access = (one: Subscription): Fields => {
    const theirs = books.subscriptionsOf(one.customer);
    const entitled = entitledBy(one, invoicesOf(one.id), theirs, tierOf);
    const isOver = entitled.until !== null && Date.parse(entitled.until) <= now * 1000;
    return { ...(isOver || isDisputed(one) ? NOTHING : entitled) };
  };

  const subscription = (one: Subscription): Fields => {
    const items = one.items.data;
    const details = one.cancellation_details;
    return {
      status: one.status,
      customer: one.customer,
      email: tables.customers.get(one.customer)?.email ?? null,
      ...(isMember(one.customer) && { member: personOf(tables.customers, one.customer) }),
      currency: one.currency,
      startDate: date(one.start_date),
      currentPeriodStart: date(Math.max(...items.map((item) => item.current_period_start))),
      currentPeriodEnd: date(Math.max(...items.map((item) => item.current_period_end))),
      cancelAtPeriodEnd: one.cancel_at_period_end,
      cancelAt: date(one.cancel_at),
      canceledAt: date(one.canceled_at),
      endedAt: date(one.ended_at),
      trialStart: date(one.trial_start),
      trialEnd: date(one.trial_end),
      paid: isPaid(one, invoicesOf(one.id)),
      pastDueSince: date(overdueSince(invoicesOf(one.id))),
      pauseCollection: pauseOf(one),
      pendingChange: pendingOf(books, one, tier),
      cancellationReason: details?.reason ?? null,
      cancellationFeedback: details?.feedback ?? null,
      cancellationComment: details?.comment ?? null,
      items: items.map(({ id, price, quantity, current_period_end: end }) => ({
        stripeId: id,
        price: price.id,
        tier: tier(price.id),
        quantity: quantity ?? 1,
        amount: price.unit_amount,
        interval: price.recurring?.interval,
        intervalCount: price.recurring?.interval_count,
        currentPeriodEnd: end * 1000,
      })),
      mrr: [...revenueOf(tables, one, tierOf).values()].reduce((sum, mrr) => sum + mrr, 0),
    };
  };

  const all = tables.subscriptions.all();
  const by = <T>(read: (one: Subscription) => T) => new Map(all.map((one) => [one.id, read(one)]));
  const payments = readPayments(books);
  const purchases = readPurchases(books, tierOf);
  const payers = new Set([
    ...all.map((one) => one.customer),
    ...[...purchases.values()].map(({ session }) => String(session.customer)),
  ]);
  const paying = tables.customers.filter(({ id }) => payers.has(id));
  return {
    subscriptions: by(subscription),
    access: by(access),
    revenue: by((one) => revenueOf(tables, one, tierOf)),
    payments,
    purchases,
    customers: new Map(paying.map((one) => [one.id, customer(books, one)])),
  };
};
