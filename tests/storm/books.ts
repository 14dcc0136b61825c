import type { StripeSimulator } from '../stripe';
import type {
  Charge,
  CheckoutSession,
  Dispute,
  Invoice,
  LineItem,
  PaymentIntent,
  Refund,
  Subscription,
} from '../stripe/types';
import { groupBy } from './reading';

/** Stripe's state at the end, with what belongs together within reach. */
export interface Books {
  tables: ReturnType<StripeSimulator['worldFor']>['tables'];
  /** Seconds. */
  now: number;
  invoicesOf(subscription: string): Invoice[];
  intentOf(invoice: string): PaymentIntent | undefined;
  /** What was taken for an invoice, by one intent or another. */
  chargesOf(invoice: string): Charge[];
  refundsOf(charge: string): Refund[];
  /** Oldest first. */
  disputesOf(charges: readonly Charge[]): Dispute[];
  chargesOfIntent(intent: string): Charge[];
  /** The single purchase that an invoice is the receipt of. */
  purchaseOf(invoice: string): CheckoutSession | undefined;
  /** What a checkout sold. */
  linesOf(session: string): LineItem[];
  /** Everything of the person who pays as this customer. */
  subscriptionsOf(customer: string): Subscription[];
}

/** Who somebody is: the member that the site wrote on its customer; a guest is each customer. */
export const personOf = (
  customers: { get(id: string): { metadata?: Record<string, string> } | undefined },
  customer: string
): string => customers.get(customer)?.metadata?.member ?? customer;

/** Still with the bank: the money is gone, and may come back. */
export const isOpen = ({ status }: Dispute): boolean =>
  status === 'needs_response' || status === 'under_review';

export const openBooks = (sim: StripeSimulator): Books => {
  const { tables, lineItems } = sim.worldFor(false);
  const invoices = groupBy(tables.invoices.all(), ({ parent }) =>
    String(parent?.subscription_details?.subscription)
  );
  const payments = groupBy(tables.invoicePayments.all(), ({ invoice }) => String(invoice));
  const charges = groupBy(tables.charges.all(), (charge) => String(charge.payment_intent));
  const refunds = groupBy(tables.refunds.all(), ({ charge }) => String(charge));
  const disputes = groupBy(tables.disputes.all(), ({ charge }) => String(charge));
  const people = groupBy(tables.subscriptions.all(), ({ customer }) =>
    personOf(tables.customers, customer)
  );
  const purchases = new Map(
    tables.checkoutSessions
      .filter(({ mode }) => mode === 'payment')
      .flatMap((session) => (session.invoice === null ? [] : [[session.invoice, session]]))
  );
  const intentsOf = (invoice: string) =>
    (payments.get(invoice) ?? []).flatMap(({ payment }) => payment.payment_intent ?? []);
  const chargesOfIntent = (intent: string) =>
    (charges.get(intent) ?? []).filter(({ paid }) => paid);

  return {
    tables,
    now: sim.now() / 1000,
    invoicesOf: (subscription) => invoices.get(subscription) ?? [],
    intentOf: (invoice) => tables.paymentIntents.get(intentsOf(invoice)[0] ?? ''),
    chargesOf: (invoice) => intentsOf(invoice).flatMap(chargesOfIntent),
    refundsOf: (charge) => refunds.get(charge) ?? [],
    disputesOf: (of) => of.flatMap(({ id }) => disputes.get(id) ?? []),
    chargesOfIntent,
    linesOf: (session) => lineItems.get(session) ?? [],
    purchaseOf: (invoice) => purchases.get(invoice),
    subscriptionsOf: (customer) => people.get(personOf(tables.customers, customer)) ?? [],
  };
};
