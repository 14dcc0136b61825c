import type { CheckoutSession } from '../stripe/types';
import type { Books } from './books';

/** Something that was paid for once and for all. */
export interface Purchase {
  session: CheckoutSession;
  /** Slug. */
  tier: string;
  /** Seconds. */
  paidAt: number;
}

/** By `session tier`. A debit that is under way has paid for nothing yet. */
export const readPurchases = (
  books: Books,
  tierOf: ReadonlyMap<string, string>
): Map<string, Purchase> => {
  const { tables } = books;
  const paid = tables.checkoutSessions.filter(
    ({ mode, status, payment_status: state }) =>
      mode === 'payment' && status === 'complete' && state !== 'unpaid'
  );
  return new Map(
    paid.flatMap((session) => {
      const sold = books.linesOf(session.id).flatMap(({ price }) => price?.id ?? []);
      const tiers = new Set(sold.flatMap((price) => tierOf.get(price) ?? []));
      const paidAt = tables.invoices.get(session.invoice ?? '')?.status_transitions.paid_at;
      return [...tiers].map((tier): [string, Purchase] => [
        `${session.id} ${tier}`,
        { session, tier, paidAt: paidAt ?? session.created },
      ]);
    })
  );
};
