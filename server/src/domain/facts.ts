import type { GrantSource } from '../../../contracts';
import type { MilliUnits } from './mrr';

/** Milliseconds since 1970. */
export type Instant = number;

/** One item of a subscription, with the tier our catalogue sells under its price. */
export interface ItemFacts {
  stripeId: string;
  /** Stripe's price id. */
  price: string;
  /** documentId; null: not ours, recorded and never a grant. */
  tier: string | null;
  quantity: number;
  /** Minor units each. */
  amount: number | null;
  interval: string | null;
  intervalCount: number | null;
  /** When this item's period ends: items of flexible billing each have their own. */
  currentPeriodEnd: Instant | null;
  mrr: MilliUnits;
}

/** What one item of a subscription is going to be. */
export type PendingItem = Pick<ItemFacts, 'price' | 'tier' | 'quantity'>;

/** A change that was asked for and has not happened: nothing of access or revenue follows it yet. */
export interface PendingChange {
  /** `schedule`: it happens by itself; `payment`: it waits for a payment that somebody must confirm. */
  cause: 'schedule' | 'payment';
  /** When it happens; of one that waits for a payment, until when that can be made. */
  at: Instant;
  /** What the subscription holds from then on; none: it ends. */
  items: PendingItem[];
}

/** A Stripe subscription as it is now, read off the API and joined with our catalogue. */
export interface SubscriptionFacts {
  stripeId: string;
  /** Stripe's status; an unknown one gives no access. */
  status: string;
  currency: string | null;
  items: ItemFacts[];
  startDate: Instant | null;
  currentPeriodStart: Instant | null;
  currentPeriodEnd: Instant | null;
  cancelAtPeriodEnd: boolean;
  cancelAt: Instant | null;
  canceledAt: Instant | null;
  endedAt: Instant | null;
  trialStart: Instant | null;
  trialEnd: Instant | null;
  pauseCollection: { behavior: string; resumesAt: Instant | null } | null;
  pendingChange: PendingChange | null;
  /** An invoice of it was paid: of its trial, only one that asked for money or came after. */
  paid: boolean;
  /** When the first payment that is still open failed; null unless something is overdue. */
  pastDueSince: Instant | null;
  cancellation: { reason: string | null; feedback: string | null; comment: string | null };
}

/** A Stripe invoice as it is now. Amounts in minor units. */
export interface PaymentFacts {
  stripeId: string;
  subscription: string | null;
  number: string | null;
  status: string;
  billingReason: string | null;
  currency: string;
  amountDue: number;
  amountPaid: number;
  amountRemaining: number;
  attemptCount: number;
  nextPaymentAttempt: Instant | null;
  created: Instant;
  paidAt: Instant | null;
  hostedInvoiceUrl: string | null;
}

/** A grant that exists. */
export interface GrantFacts {
  id: number;
  tier: string;
  source: GrantSource;
  /** Stripe's id of the subscription it comes from. */
  subscription: string | null;
  reference: string | null;
  startsAt: Instant;
  endsAt: Instant | null;
  revokedAt: Instant | null;
}

/** A subscription as it was last written. */
export interface PriorSubscription extends SubscriptionFacts {
  /** The `trialEnd` that `trial.ending` was told of. */
  trialEndingFor: Instant | null;
}

export type PriorPayment = Pick<PaymentFacts, 'stripeId' | 'status' | 'attemptCount'>;

/** What the database knows of a member before the change. */
export interface Known {
  subscriptions: PriorSubscription[];
  payments: PriorPayment[];
  grants: GrantFacts[];
  /** How many movements the ledger holds for the member; the next one's number. */
  movements: number;
}

/** A grant that does not come from a subscription. */
export interface GivenGrant {
  tier: string;
  source: Exclude<GrantSource, 'subscription'>;
  endsAt: Instant | null;
  /** Makes giving it twice impossible; null: each call gives another. */
  reference: string | null;
}

/** What is known now that was not before. */
export interface Change {
  subscriptions?: SubscriptionFacts[];
  payments?: PaymentFacts[];
  give?: GivenGrant[];
  /** Ids of grants to end now. */
  end?: number[];
  /** Looks at every known subscription again: two members became one. */
  again?: boolean;
}

/** The owner's options that decide. */
export interface Policy {
  graceDays: number;
  pausedReads: boolean;
}
