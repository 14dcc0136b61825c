import { createServer, type Server } from 'node:http';
import type Stripe from 'stripe';
import Library from 'stripe';
import { loadSchema } from './schema/cache';
import { startStripe, stripeClient, type StartOptions, type StripeSimulator } from './index';

export const secret = 'whsec_tests';
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** 31 January 2026, 10:00 UTC: a month's end, to see what shorter months make of it. */
export const start = Date.UTC(2026, 0, 31, 10);

export interface Bench {
  sim: StripeSimulator;
  stripe: Stripe;
  hook: Receiver;
}

/** A simulator whose webhooks go to a receiver that checks their signature. */
export async function openBench(options: StartOptions = {}): Promise<Bench> {
  const hook = await startReceiver();
  const sim = await startStripe({
    now: start,
    retryDelays: [1, 1, 1],
    webhook: { url: hook.url, secret },
    ...options,
  });
  const bench = { sim, stripe: stripeClient(sim), hook };
  benches.push(bench);
  return bench;
}

const benches: Bench[] = [];

// Also after a test that failed half-way: a server left open would keep jest from ending.
afterEach(async () => {
  for (const { sim, hook } of benches.splice(0)) {
    await sim.close();
    await hook.close();
  }
});

export interface Receiver {
  url: string;
  events: Stripe.Event[];
  headers: Record<string, string | string[] | undefined>[];
  /** Statuses for the next deliveries; 200 when there are none left. */
  statuses: number[];
  types(): string[];
  clear(): void;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const events: Stripe.Event[] = [];
  const headers: Receiver['headers'] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      headers.push(request.headers);
      response.statusCode = statuses.shift() ?? 200;
      try {
        const signature = String(request.headers['stripe-signature']);
        const event = Library.webhooks.constructEvent(body, signature, secret);
        if (response.statusCode === 200) events.push(event);
      } catch {
        response.statusCode = 400;
      }
      response.end('{}');
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    events,
    headers,
    statuses,
    types: () => events.map((event) => event.type),
    clear: () => {
      events.length = 0;
      headers.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/** A product with one recurring price. */
export async function sell(
  stripe: Stripe,
  price: Partial<Stripe.PriceCreateParams> = {},
  name = 'Gold'
): Promise<Stripe.Price> {
  const product = await stripe.products.create({ name });
  return stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 500,
    recurring: { interval: 'month' },
    ...price,
  });
}

/** An open subscription checkout for one price. */
export function checkout(
  stripe: Stripe,
  price: string,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {}
): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price, quantity: 1 }],
    success_url: 'http://localhost:1337/joined?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:1337/tiers',
    ...more,
  });
}

/** Pays a checkout and returns the subscription it made. */
export async function join(
  { sim, stripe }: Pick<Bench, 'sim' | 'stripe'>,
  price: string,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
  card?: string
): Promise<Stripe.Subscription> {
  const session = await checkout(stripe, price, { customer_email: 'reader@example.com', ...more });
  sim.pay(session.id, card ? { card } : {});
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
  return object(paid.subscription);
}

/** An expanded field: the object, never the id. */
export function object<T extends { id: string }>(value: string | T | null | undefined): T {
  if (typeof value === 'object' && value !== null) return value;
  throw new Error(`Not expanded: ${String(value)}`);
}

/** A field that may be expanded: its id. */
export function idOf(value: string | { id: string } | null): string {
  if (value === null) throw new Error('Nothing to take an id of');
  return typeof value === 'string' ? value : value.id;
}

/** The end of the period of a subscription's only item, in seconds. */
export function periodEnd(subscription: Stripe.Subscription): number {
  const [item] = subscription.items.data;
  if (!item) throw new Error('A subscription without items');
  return item.current_period_end;
}

/** What a call that must fail threw. */
export async function failure(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Library.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call succeeded');
}

// The first run after an upgrade of `stripe` reads its types, which takes longer than one test may.
beforeAll(() => {
  loadSchema();
}, 60_000);
