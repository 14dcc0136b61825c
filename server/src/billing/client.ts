import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import type { SiteState } from '../../../contracts';
import { getConfig, type Config } from '../config';
import { RequestError } from '../errors';
import type { Scope } from '../store';
import { createHttpClient, type Priority, type Skew } from './http';
import { createOutage, type Outage } from './outage';
import { createPacer, type Pacer } from './pace';
import { createSiteGuard } from './site';

/** The library waits 80 s by default: too long for a member who looks at a spinner. */
const TIMEOUT_MS = 20_000;

export interface StripeAccess {
  readonly configured: boolean;
  readonly livemode: boolean;
  /**
   * The official client.
   *
   * @throws RequestError 503 `stripe-not-configured` without a key
   */
  client(): Stripe;
  /**
   * The client, for whatever changes something at Stripe.
   *
   * @throws RequestError 503 `site-unconfirmed` on a copied database, `stripe-not-configured`
   */
  writer(): Promise<Stripe>;
  /** Where the database is at home. */
  site(): Promise<SiteState>;
  /** The database is at home here from now on. */
  confirmSite(): Promise<SiteState>;
  /** The account and mode of the key; every mirrored row carries them. */
  scope(): Promise<Scope>;
  /** The same for work that nobody waits for: it asks only as fast as leaves room for members. */
  readonly paced: StripeAccess;
  readonly pacer: Pacer;
  /** How far the machine's clock is from Stripe's. */
  readonly skew: Readonly<Skew>;
  /** Whether Stripe is away, and told to be. */
  readonly outage: Outage;
}

/** The wait for a slot or a pause counts as no time of a request. */
const RETRIES: Readonly<Record<Priority, number>> = { member: 2, background: 4 };

const connect = (
  secretKey: string,
  { apiBase, apiVersion }: Config['stripe'],
  priority: Priority,
  httpClient: ReturnType<typeof createHttpClient>
): Stripe => {
  const base = apiBase === null ? null : new URL(apiBase);
  return new Stripe(secretKey, {
    apiVersion,
    httpClient,
    maxNetworkRetries: RETRIES[priority],
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...(base && {
      host: base.hostname,
      protocol: base.protocol === 'http:' ? 'http' : 'https',
      ...(base.port && { port: Number(base.port) }),
    }),
  });
};

/** The plugin's connection to Stripe; made without asking Stripe anything. */
export const createStripe = ({ strapi }: { strapi: Core.Strapi }): StripeAccess => {
  const options = getConfig(strapi).stripe;
  const { secretKey, livemode } = options;
  const pacer = createPacer(strapi, options.requestsPerSecond);
  const skew: Skew = { clock: null };
  const outage = createOutage(strapi);
  const clientOf = (priority: Priority): Stripe | null =>
    secretKey === null
      ? null
      : connect(secretKey, options, priority, createHttpClient(pacer, priority, skew, outage));
  const stripe = clientOf('member');
  const background = clientOf('background');
  let account: Promise<string> | null = null;

  const need = (found: Stripe | null): Stripe => {
    if (found) return found;
    throw new RequestError(503, 'Memberships cannot be sold yet: no Stripe key is set', {
      code: 'stripe-not-configured',
    });
  };

  const client = (): Stripe => need(stripe);

  const guard = createSiteGuard(strapi);
  /** What was answered before: a mail does not wait for Stripe to be reached. */
  let known: string | null = null;

  const ownAccount = (): Promise<string> => {
    account ??= client()
      .accounts.retrieveCurrent()
      .then(({ id }) => (known = id))
      .catch((error: unknown) => {
        // A failed look-up is not an answer: the next caller asks again.
        account = null;
        throw error;
      });
    return account;
  };

  const access = (ask: () => Stripe) => ({
    configured: stripe !== null,
    livemode,
    client: ask,
    async writer() {
      await guard.assertConfirmed(await ownAccount());
      return ask();
    },
    site: () => guard.look(known),
    confirmSite: async () => guard.confirm(stripe ? await ownAccount() : null),
    scope: async () => ({ account: await ownAccount(), livemode }),
    pacer,
    skew,
    outage,
  });
  const paced: StripeAccess = {
    ...access(() => need(background)),
    get paced() {
      return paced;
    },
  };
  return { ...access(client), paced };
};
