import type Stripe from 'stripe';
import type { CheckoutInput, Me } from '../../contracts';
import type { Background } from '../../server/src/background';
import { HIDDEN_UID, UID, USER_UID } from '../../server/src/constants';
import { getService } from '../../server/src/get-service';
import { table, type Rows, type Table } from '../../server/src/store';
import { startStripe, stripeClient, type StartOptions, type StripeSimulator } from '../stripe';
import { bootSite, type BootOptions, type Site } from './boot';

export const DAY = 86_400_000;
/** A Thursday at noon, in the middle of a month. */
export const START = Date.UTC(2026, 0, 15, 12);
export const FRONT = 'https://front.example';
export const WEBHOOK_SECRET = 'whsec_shop';

/** Somebody with an account at the site. */
export interface Reader {
  id: number;
  documentId: string;
  email: string;
  auth: { Authorization: string };
}

export interface ShopOptions extends Omit<BootOptions, 'now' | 'clock'> {
  stripe?: StartOptions;
  /** false: nothing tells the site of what happens at Stripe. */
  webhook?: boolean;
  /** A simulator that another boot used; it is then closed by whoever started it. */
  simulator?: StripeSimulator;
}

/** A booted site that sells through the simulator, both on one clock. */
export interface Shop extends Site {
  stripe: StripeSimulator;
  /** The official library, to look at and change what Stripe holds. */
  client: Stripe;
  background: Background;
  /** Every delivery was made and everything that it caused was worked off. */
  settle(): Promise<void>;
  /** Moves the time for the site and for Stripe. */
  advance(milliseconds: number): Promise<void>;
  rows<Name extends keyof Rows>(name: Name): Table<Rows[Name]>;
  /** How many rows each table holds. */
  counts(): Promise<Record<string, number>>;
  /** documentId of a tier made by the site's own code. */
  tier(name: string, data?: Record<string, unknown>): Promise<string>;
  /** documentId of a monthly price of 9.00 EUR, unless told otherwise. */
  price(tier: string, data?: Record<string, unknown>): Promise<string>;
  register(name: string): Promise<Reader>;
  signIn(email: string, password: string): Promise<Reader>;
  /** Asks for a checkout as a reader, or as a guest. */
  checkout(reader: Reader | null, price: string, more?: Partial<CheckoutInput>): Promise<Answer>;
  /** Checks out and pays at Stripe; returns the session's id. */
  buy(
    reader: Reader | null,
    price: string,
    payment?: Parameters<StripeSimulator['pay']>[1]
  ): Promise<string>;
  me(reader: Reader): Promise<Me>;
}

/** What a route answered. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  // Supertest's own type: what a test reads out of it, it also checks.
  body: Awaited<ReturnType<Site['http']['get']>>['body'];
}

export const LINKS = {
  successUrl: `${FRONT}/thanks?session={CHECKOUT_SESSION_ID}`,
  cancelUrl: `${FRONT}/plans`,
};

const PASSWORD = 'Secret-1234';

const ALL_UIDS: Record<string, string> = { ...UID, ...HIDDEN_UID, user: USER_UID };

const openSite = async (given: ShopOptions, stripe: StripeSimulator): Promise<Site> => {
  const { env, options, database, first } = given;
  return bootSite({
    database,
    first,
    // One clock for both: moving Stripe's moves the site's.
    clock: {
      get now() {
        return stripe.now();
      },
    },
    env: {
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_BASE: stripe.url,
      // A schema of GraphQL takes a third of a boot, and nobody asks a shop by it.
      GRAPHQL_ENABLED: 'false',
      ...env,
    },
    options: {
      checkout: { allowedOrigins: [FRONT] },
      // A test asks more in a minute than a person does; the limit has a test of its own.
      limits: { perMinute: 10_000 },
      stripe: { requestsPerSecond: 10_000, restMilliseconds: 0 },
      // What a test loses on purpose stays lost until it asks for it.
      reconcile: { everyMinutes: null, hour: null },
      ...options,
    },
  });
};

/** Boots a site that sells, with nothing in its catalogue yet. Once per test file. */
export const openShop = async (given: ShopOptions = {}): Promise<Shop> => {
  const stripe =
    given.simulator ??
    (await startStripe({ now: START, retryDelays: [5, 10, 20], ...given.stripe }));
  const site = await openSite(given, stripe);
  const { strapi, http } = site;
  if (given.webhook !== false) {
    stripe.addWebhook(`${site.url}/api/memberships/webhook`, { secret: WEBHOOK_SECRET });
  }
  const background = getService(strapi, 'background');

  const settle = async (): Promise<void> => {
    await stripe.idle();
    await background.idle();
  };

  const reader = (body: Answer['body']): Reader => {
    const { user, jwt } = body;
    const auth = { Authorization: `Bearer ${jwt}` };
    return { id: user.id, documentId: user.documentId, email: user.email, auth };
  };

  const shop: Shop = {
    ...site,
    stripe,
    client: stripeClient(stripe),
    background,
    settle,
    async advance(milliseconds) {
      await stripe.advance(milliseconds, { settle: true });
      background.wake();
      await settle();
    },
    rows: (name) => table(strapi, name),
    async counts() {
      const all: Record<string, number> = {};
      for (const [name, uid] of Object.entries(ALL_UIDS)) {
        // Leases come and go with every look at the inbox; they hold nothing.
        if (name !== 'lock') all[name] = await strapi.db.query(uid).count();
      }
      return all;
    },
    async tier(name, data = {}) {
      const slug = name.toLowerCase().replaceAll(' ', '-');
      const { documentId } = await strapi
        .documents(UID.tier)
        .create({ data: { name, slug, kind: 'paid', rank: 1, ...data } });
      await background.idle();
      return documentId;
    },
    async price(tier, data = {}) {
      const { documentId } = await strapi.documents(UID.price).create({
        data: { tier, amount: 900, currency: 'eur', interval: 'month', ...data },
      });
      await background.idle();
      return documentId;
    },
    async register(name) {
      const email = `${name}@reader.example`;
      const { body } = await http
        .post('/api/auth/local/register')
        .send({ username: name, email, password: PASSWORD })
        .expect(200);
      await background.idle();
      return reader(body);
    },
    async signIn(identifier, password) {
      const { body } = await http
        .post('/api/auth/local')
        .send({ identifier, password })
        .expect(200);
      return reader(body);
    },
    checkout: (buyer, price, more = {}) =>
      http
        .post('/api/memberships/checkout')
        .set(buyer?.auth ?? {})
        .send({ price, ...LINKS, ...more }),
    async buy(buyer, price, payment) {
      const { status, body } = await shop.checkout(buyer, price);
      if (status !== 200) throw new Error(`No checkout: ${status} ${JSON.stringify(body)}`);
      const { outcome } = stripe.pay(body.data.sessionId, payment);
      if (outcome !== 'paid') throw new Error(`Not paid: ${outcome}`);
      await settle();
      return body.data.sessionId;
    },
    async me({ auth }) {
      const { body } = await http.get('/api/memberships/me').set(auth).expect(200);
      return body.data;
    },
    async stop(keep) {
      await site.stop(keep);
      if (!given.simulator) await stripe.close();
    },
  };
  return shop;
};
