import { isDeepStrictEqual } from 'node:util';
import type { ChargeFacts, PaymentCharge, PaymentFacts, PaymentRecord } from './facts';
import { isDisputed } from './withhold';

/** One payment as it was known and as it is now. */
export interface PaymentChange {
  before: PaymentRecord | null;
  after: PaymentRecord;
}

export type PaymentNews = {
  name:
    | 'payment.succeeded'
    | 'payment.failed'
    | 'payment.recovered'
    | 'payment.refunded'
    | 'payment.disputed';
  stripeId: string;
};

/** A purchase is known by its invoice; where it has none, by its payment intent. */
const isIntent = ({ stripeId, paymentIntent }: PaymentFacts): boolean => stripeId === paymentIntent;

/**
 * One payment may come as an invoice, by its checkout and by its charge: the money is the same where
 * the id is, or where an invoice names the intent that another knows it by.
 */
const isSame = (one: PaymentFacts, other: PaymentFacts): boolean =>
  one.stripeId === other.stripeId ||
  (one.paymentIntent !== null &&
    one.paymentIntent === other.paymentIntent &&
    (isIntent(one) || isIntent(other)));

/** What is known of a payment and what was fetched of it; what the fetch did not tell stays known. */
const combine = (known: PaymentRecord, facts: PaymentFacts): PaymentRecord => {
  const stale = isIntent(facts) && !isIntent(known);
  return {
    ...(stale ? known : facts),
    subscription: facts.subscription ?? known.subscription,
    checkoutSession: facts.checkoutSession ?? known.checkoutSession,
    paymentIntent: facts.paymentIntent ?? known.paymentIntent,
    charges: known.charges,
  };
};

const byId = (one: ChargeFacts, other: ChargeFacts): number =>
  one.stripeId < other.stripeId ? -1 : 1;

const withCharge = (
  record: PaymentRecord,
  { payment: _, ...charge }: PaymentCharge
): PaymentRecord => ({
  ...record,
  charges: [...record.charges.filter(({ stripeId }) => stripeId !== charge.stripeId), charge].sort(
    byId
  ),
});

/** The link to the hosted page is signed anew with every answer: another one alone is no change. */
const isUnchanged = (before: PaymentRecord | null, after: PaymentRecord): boolean =>
  before !== null &&
  isDeepStrictEqual(before, {
    ...after,
    hostedInvoiceUrl: after.hostedInvoiceUrl && (before.hostedInvoiceUrl ?? after.hostedInvoiceUrl),
  });

/**
 * The payments that are new or differ from what is known. A charge of no known payment is left out:
 * whoever brings one brings its payment first.
 */
export const paymentChanges = (
  known: readonly PaymentRecord[],
  payments: readonly PaymentFacts[],
  charges: readonly PaymentCharge[]
): PaymentChange[] => {
  const changes: PaymentChange[] = known.map((before) => ({ before, after: before }));
  for (const facts of payments) {
    const change = changes.find(({ after }) => isSame(after, facts));
    if (change) change.after = combine(change.after, facts);
    else changes.push({ before: null, after: { ...facts, charges: [] } });
  }
  for (const charge of charges) {
    const change = changes.find(
      ({ after }) => after.stripeId === charge.payment || after.paymentIntent === charge.payment
    );
    if (change) change.after = withCharge(change.after, charge);
  }
  return changes.filter(({ before, after }) => !isUnchanged(before, after));
};

/** The payments after the change: the changed ones as they are, the others as known. */
export const paymentsAfter = (
  known: readonly PaymentRecord[],
  changes: readonly PaymentChange[]
): PaymentRecord[] => [
  ...known.filter((record) => !changes.some(({ before }) => before === record)),
  ...changes.map(({ after }) => after),
];

/** Minor units. */
export const refundedOf = ({ charges }: PaymentRecord): number =>
  charges.reduce((sum, { amountRefunded }) => sum + amountRefunded, 0);

/** Attempts that came to nothing; a debit that is on its way may still come to something. */
const failures = (payment: PaymentFacts | null): number => {
  if (!payment) return 0;
  const underWay = payment.status === 'open' && payment.intentStatus === 'processing';
  return underWay ? payment.attemptCount - 1 : payment.attemptCount;
};

const disputesOf = (payment: PaymentRecord | null): string[] =>
  (payment?.charges ?? []).flatMap(({ disputes }) =>
    disputes.filter(isDisputed).map(({ stripeId }) => stripeId)
  );

/** What a payment's change means to a listener: told by transitions, so that each is told once. */
export const paymentNews = ({ before, after }: PaymentChange): PaymentNews[] => {
  const { stripeId } = after;
  const paid = after.status === 'paid' && before?.status !== 'paid';
  const failedBefore =
    after.attemptCount > 1 || (before?.status !== 'paid' && failures(before) > 0);
  const failed = after.status === 'open' && failures(after) > failures(before);
  const refunded = refundedOf(after) > (before ? refundedOf(before) : 0);
  const disputed = disputesOf(after).some((id) => !disputesOf(before).includes(id));
  return [
    ...(paid ? [{ name: 'payment.succeeded' as const, stripeId }] : []),
    ...(paid && failedBefore ? [{ name: 'payment.recovered' as const, stripeId }] : []),
    ...(failed ? [{ name: 'payment.failed' as const, stripeId }] : []),
    ...(refunded ? [{ name: 'payment.refunded' as const, stripeId }] : []),
    ...(disputed ? [{ name: 'payment.disputed' as const, stripeId }] : []),
  ];
};
