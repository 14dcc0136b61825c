import type { StripeSimulator } from '../stripe';
import type { FaultPlan } from '../stripe/faults/plan';

/** Who is told what; disjoint, so that events come to the site side by side and out of order. */
const ENDPOINTS = [
  ['customer.*', 'checkout.session.*'],
  ['invoice.*', 'invoice_payment.*', 'invoiceitem.*'],
  [
    ...['charge.*', 'refund.*', 'payment_intent.*', 'payment_method.*', 'setup_intent.*'],
    ...['product.*', 'price.*', 'coupon.*', 'promotion_code.*', 'subscription_schedule.*'],
    'radar.early_fraud_warning.*',
  ],
];

export const openEndpoints = (sim: StripeSimulator, url: string, secret: string): void => {
  for (const events of ENDPOINTS) {
    sim.addWebhook(`${url}/api/memberships/webhook`, { events, secret });
  }
};

const READS = '^GET /v1/(subscriptions|invoices|checkout|charges|refunds|disputes|customers)';

/** What goes wrong with deliveries, and with what the site asks of Stripe. */
export const bad = (seed: number): FaultPlan => ({
  seed,
  delivery: [
    { kind: 'drop', probability: 0.05 },
    { kind: 'duplicate', probability: 0.08 },
    { kind: 'duplicate', probability: 0.02, copies: 3 },
    { kind: 'delay', probability: 0.08, delay: 120 },
    { kind: 'delay', probability: 0.02, delay: 600 },
    { kind: 'reorder', probability: 0.15, by: 3 },
    { kind: 'corrupt', probability: 0.03 },
    { kind: 'wrong_secret', probability: 0.02 },
    { kind: 'old_timestamp', probability: 0.02 },
    { kind: 'future_timestamp', probability: 0.01 },
    { kind: 'version', probability: 0.05, version: '2024-06-20' },
  ],
  api: [
    { kind: 'rate_limit', call: READS, probability: 0.003 },
    { kind: 'error', call: READS, probability: 0.01 },
    { kind: 'slow', call: READS, probability: 0.02, delay: 150 },
    { kind: 'half', call: READS, probability: 0.005 },
    { kind: 'bare', call: READS, probability: 0.005 },
    { kind: 'error', call: '^POST /v1/checkout/sessions$', probability: 0.02, done: true },
  ],
});

/** Real milliseconds; together longer than a site takes to boot again. */
export const RETRY_DELAYS = [100, 300, 1_000, 2_000, 4_000, 8_000];
