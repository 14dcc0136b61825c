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

/** What the site alone asks of Stripe: members of the storm do other things. */
const WRITES = '^POST /v1/(checkout/sessions|customers$)';

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
    // The pace of all pauses for as long as Stripe says.
    { kind: 'rate_limit', call: '^GET ', probability: 0.005, retryAfter: 0 },
    { kind: 'error', call: '^GET ', probability: 0.01 },
    { kind: 'bare', call: '^GET ', probability: 0.005 },
    { kind: 'half', call: '^GET ', probability: 0.005 },
    { kind: 'slow', call: '^GET ', probability: 0.02, delay: 150 },
    // The library waits twenty seconds for an answer: each of these is an outage of its own.
    { kind: 'timeout', call: '^GET ', probability: 0.001, skip: 200, count: 1 },
    { kind: 'error', call: WRITES, probability: 0.02 },
    { kind: 'error', call: WRITES, probability: 0.02, done: true },
    { kind: 'half', call: WRITES, probability: 0.02 },
  ],
});

/** Real milliseconds; together longer than a site takes to boot again. */
export const RETRY_DELAYS = [100, 300, 1_000, 2_000, 4_000, 8_000];
