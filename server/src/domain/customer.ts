/** A payment method as far as a person recognises it; a bank debit has no brand and no end. */
export interface CardFacts {
  /** Stripe's id (`pm_…`). */
  method: string;
  brand: string | null;
  last4: string | null;
  expMonth: number | null;
  expYear: number | null;
}

/** A Stripe customer as it is now, as far as we need one. */
export interface CustomerFacts {
  stripeId: string;
  /** Deleted at Stripe, with its e-mail and its subscriptions. */
  deleted: boolean;
  email: string | null;
  name: string | null;
  /** `metadata.member`: the documentId we wrote when we made the customer. */
  member: string | null;
  /** What the next payment is made with. */
  card: CardFacts | null;
  /** Stripe's id of the discount that all its subscriptions have. */
  discount: string | null;
}

/** Where Stripe keeps what is paid with: on the customer, and on a subscription in place of that. */
export interface Defaults {
  customer: string | null;
  /** Of our live subscriptions, newest first; null: paid with the customer's. */
  subscriptions: { stripeId: string; method: string | null }[];
}

/** What to set, by Stripe's ids of payment methods. */
export interface DefaultChanges {
  customer: string | null;
  subscriptions: { stripeId: string; method: string }[];
}

/**
 * After a card was updated it must be the default of the subscription **and** of the customer, or
 * retries go on with the old one (DESIGN section 6): Checkout sets the subscription's alone, a portal
 * may set the customer's alone. Whichever of the two is no longer what it was is what somebody has
 * just chosen; the other follows if it still is. A subscription with a card of its own choosing, which
 * is neither, keeps it.
 *
 * @param before the default as it was last known; null: never
 */
export const alignDefaults = (
  before: string | null,
  { customer, subscriptions }: Defaults
): DefaultChanges => {
  const own = subscriptions.flatMap(({ method }) => method ?? []);
  if (customer !== null && customer !== before) {
    const outdated = subscriptions.filter(({ method }) => method !== null && method === before);
    return {
      customer: null,
      subscriptions: outdated.map(({ stripeId }) => ({ stripeId, method: customer })),
    };
  }
  // The customer's is the old one, or none: one that all their subscriptions agree on replaces it.
  const [chosen] = own;
  const agreed = own.length === subscriptions.length && own.every((method) => method === chosen);
  return {
    customer: chosen !== undefined && agreed && chosen !== customer ? chosen : null,
    subscriptions: [],
  };
};
