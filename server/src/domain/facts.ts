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
  /**
   * Of one that is over: what each item was worth a month when it still ran, in thousandths of a minor
   * unit. Told by Stripe and kept nowhere: it dates a life that nobody heard of.
   */
  lastMrr?: readonly MilliUnits[];
  /** An invoice of it was paid: of its trial, only one that asked for money or came after. */
  paid: boolean;
  /** When the first payment that is still open failed; null unless something is overdue. */
  pastDueSince: Instant | null;
  cancellation: { reason: string | null; feedback: string | null; comment: string | null };
}

/**
 * A Stripe invoice as it is now, or the payment intent of a purchase that has none. Amounts in minor
 * units.
 */
export interface PaymentFacts {
  /** `in_…`, or `pi_…` where there is no invoice. */
  stripeId: string;
  subscription: string | null;
  /** `cs_…` of a purchase; null: none, or not told by what was fetched. */
  checkoutSession: string | null;
  /** `pi_…` that collects it; null: none, or not told by what was fetched. */
  paymentIntent: string | null;
  number: string | null;
  status: string;
  billingReason: string | null;
  currency: string;
  amountDue: number;
  amountPaid: number;
  amountRemaining: number;
  attemptCount: number;
  nextPaymentAttempt: Instant | null;
  dueDate: Instant | null;
  created: Instant;
  paidAt: Instant | null;
  /** The money came another way than through Stripe. */
  paidOutOfBand: boolean;
  /** While it is open: `processing`, `requires_action`, …; null: not open, or nobody is asked. */
  intentStatus: string | null;
  /** Why the last attempt failed, e.g. `insufficient_funds`. */
  failureCode: string | null;
  hostedInvoiceUrl: string | null;
}

export interface RefundFacts {
  stripeId: string;
  /** Minor units. */
  amount: number;
  /** `pending`, `succeeded`, `failed`, … */
  status: string | null;
  reason: string | null;
  created: Instant;
}

export interface DisputeFacts {
  stripeId: string;
  status: string;
  reason: string;
  /** Minor units. */
  amount: number;
  created: Instant;
  evidenceDueBy: Instant | null;
}

/** A Stripe charge as it is now: what became of the money after it was paid. */
export interface ChargeFacts {
  stripeId: string;
  /** Minor units. */
  amount: number;
  /** Minor units; a refund that failed is not in it. */
  amountRefunded: number;
  refunds: RefundFacts[];
  disputes: DisputeFacts[];
  /** When its bank warned of fraud, early. */
  fraudWarningAt: Instant | null;
}

/** A charge and the payment that it paid, by the id of either its invoice or its intent. */
export interface PaymentCharge extends ChargeFacts {
  payment: string;
}

/** A payment with the charges that were refunded, disputed or warned of. */
export interface PaymentRecord extends PaymentFacts {
  charges: ChargeFacts[];
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
  /** Why, when what paid for it revoked it; null: a person did. */
  revokedReason: RevokedReason | null;
}

/** What became of the money that paid for a grant. */
export type RevokedReason = 'dispute' | 'refund';

/** A subscription as it was last written. */
export interface PriorSubscription extends SubscriptionFacts {
  /** The `trialEnd` that `trial.ending` was told of. */
  trialEndingFor: Instant | null;
}

/** What the database knows of a member before the change. */
export interface Known {
  subscriptions: PriorSubscription[];
  /** Every payment of the member, and those the change is about. */
  payments: PaymentRecord[];
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
  /** Of payments that are known, or among those above. */
  charges?: PaymentCharge[];
  give?: GivenGrant[];
  /** Ids of grants to end now. */
  end?: number[];
  /** Looks at every known subscription again: two members became one. */
  again?: boolean;
}

/** The owner's options that decide what a subscription's state means. */
export interface AccessPolicy {
  graceDays: number;
  pausedReads: boolean;
}

/** The owner's options that decide. */
export interface Policy extends AccessPolicy {
  /** What a full refund does to the access that it paid for. */
  fullRefund: 'keep' | 'end';
  /** What a dispute does to the access that its payment pays for, until it is closed. */
  dispute: 'suspend' | 'keep';
}
