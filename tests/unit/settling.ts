import type {
  GrantFacts,
  ItemFacts,
  Known,
  PaymentFacts,
  Policy,
  SubscriptionFacts,
} from '../../server/src/domain/facts';
import { paymentsAfter } from '../../server/src/domain/payments';
import type { Settlement } from '../../server/src/domain/settle';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 0, 15, 12);
export const POLICY: Policy = {
  graceDays: 14,
  pausedReads: false,
  fullRefund: 'keep',
  dispute: 'suspend',
};

export const item = (changes: Partial<ItemFacts> = {}): ItemFacts => ({
  stripeId: 'si_1',
  price: 'price_gold',
  tier: 'gold',
  quantity: 1,
  amount: 900,
  interval: 'month',
  intervalCount: 1,
  currentPeriodEnd: NOW + 31 * DAY,
  mrr: 900_000,
  ...changes,
});

export const subscription = (changes: Partial<SubscriptionFacts> = {}): SubscriptionFacts => ({
  stripeId: 'sub_1',
  status: 'active',
  currency: 'eur',
  items: [item()],
  startDate: NOW,
  currentPeriodStart: NOW,
  currentPeriodEnd: NOW + 31 * DAY,
  cancelAtPeriodEnd: false,
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  trialStart: null,
  trialEnd: null,
  pauseCollection: null,
  pendingChange: null,
  paid: true,
  pastDueSince: null,
  cancellation: { reason: null, feedback: null, comment: null },
  ...changes,
});

export const payment = (changes: Partial<PaymentFacts> = {}): PaymentFacts => ({
  stripeId: 'in_1',
  subscription: 'sub_1',
  checkoutSession: null,
  paymentIntent: 'pi_1',
  number: 'A-1',
  status: 'paid',
  billingReason: 'subscription_create',
  currency: 'eur',
  amountDue: 900,
  amountPaid: 900,
  amountRemaining: 0,
  attemptCount: 1,
  nextPaymentAttempt: null,
  dueDate: null,
  created: NOW,
  paidAt: NOW,
  paidOutOfBand: false,
  intentStatus: null,
  failureCode: null,
  hostedInvoiceUrl: null,
  ...changes,
});

export const NOBODY: Known = { subscriptions: [], payments: [], grants: [], movements: 0 };

/** What the database knows once a settlement was written. */
export const written = (known: Known, settlement: Settlement): Known => {
  const { subscriptions, payments, grants, movements } = settlement;
  const fresh = [...grants.create, ...grants.give].map((grant, index): GrantFacts => ({
    id: known.grants.length + index + 1,
    tier: grant.tier,
    source: grant.source,
    subscription: 'subscription' in grant ? grant.subscription : null,
    reference: 'reference' in grant ? grant.reference : null,
    startsAt: grant.startsAt,
    endsAt: grant.endsAt,
    revokedAt: grant.revokedAt,
    revokedReason: grant.revokedReason,
  }));
  return {
    subscriptions: [
      ...known.subscriptions.filter(
        ({ stripeId }) => !subscriptions.some((one) => one.stripeId === stripeId)
      ),
      ...subscriptions.map((facts) => {
        const told = settlement.announcements.some(({ name }) => name === 'trial.ending');
        const before = known.subscriptions.find(({ stripeId }) => stripeId === facts.stripeId);
        const trialEndingFor = told ? facts.trialEnd : (before?.trialEndingFor ?? null);
        return { ...facts, trialEndingFor };
      }),
    ],
    payments: paymentsAfter(known.payments, payments),
    grants: [
      ...known.grants.map((grant) => ({
        ...grant,
        ...grants.update.find(({ id }) => id === grant.id),
        ...grants.revoke.find(({ id }) => id === grant.id),
      })),
      ...fresh,
    ],
    movements: known.movements + movements.length,
  };
};
