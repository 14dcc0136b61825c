import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import type { SiteState } from '../../../contracts';
import { getConfig, type Config } from '../config';
import { RequestError } from '../errors';
import type { Scope } from '../store';
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
}

const connect = (secretKey: string, { apiBase, apiVersion }: Config['stripe']): Stripe => {
  const base = apiBase === null ? null : new URL(apiBase);
  return new Stripe(secretKey, {
    apiVersion,
    maxNetworkRetries: 2,
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
  const stripe = secretKey === null ? null : connect(secretKey, options);
  let account: Promise<string> | null = null;

  const client = (): Stripe => {
    if (stripe) return stripe;
    throw new RequestError(503, 'Memberships cannot be sold yet: no Stripe key is set', {
      code: 'stripe-not-configured',
    });
  };

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

  return {
    configured: stripe !== null,
    livemode,
    client,
    async writer() {
      await guard.assertConfirmed(await ownAccount());
      return client();
    },
    site: () => guard.look(known),
    confirmSite: async () => guard.confirm(stripe ? await ownAccount() : null),
    scope: async () => ({ account: await ownAccount(), livemode }),
  };
};
