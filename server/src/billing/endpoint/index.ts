import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import type { EndpointRepair, EndpointReport, EventTraffic } from '../../../../contracts';
import { getConfig } from '../../config';
import { STRIPE_API_VERSION } from '../../constants';
import { badRequest } from '../../errors';
import { alone, lastDeliveredByType, toIso } from '../../store';
import type { StripeAccess } from '../client';
import { askStripe } from '../stripe-errors';
import { EVENT_TYPES } from '../webhook/event-types';
import { inspect, PAGE_TIMEOUT_MS, type Inspection } from './inspect';
import { webhookUrl } from './place';
import { findEndpoints, isRightVersion } from './registered';

export { inspect, type Inspection } from './inspect';

/** The webhook endpoint in Stripe: what it is, and making it what it should be. */
export interface Endpoint {
  report(): Promise<EndpointReport>;
  /**
   * Registers the endpoint, or mends the one with our URL.
   *
   * @throws RequestError 400 without `server.url`, 502, 503
   */
  repair(): Promise<EndpointRepair>;
}

const LEASE_MS = 60_000;
const LATEST = 100;

export const createEndpoint = (strapi: Core.Strapi, stripe: StripeAccess): Endpoint => {
  /** When Stripe last recorded an event of each type; of its latest hundred. */
  const sentByType = async (): Promise<Map<string, number>> => {
    const options = { timeout: PAGE_TIMEOUT_MS, maxNetworkRetries: 0 };
    const { data } = await stripe.client().events.list({ limit: LATEST }, options);
    // Newest first, and a map keeps what is set last.
    return new Map(data.reverse().map(({ type, created }) => [type, created * 1000] as const));
  };

  const traffic = async ({ account, failure }: Inspection): Promise<EventTraffic[]> => {
    const asked = account !== null && failure === null;
    const sent = asked ? await sentByType().catch(() => new Map<string, number>()) : new Map();
    const { livemode } = stripe;
    const received: ReadonlyMap<string, string> =
      account === null ? new Map() : await lastDeliveredByType(strapi, { account, livemode });
    return EVENT_TYPES.map((type) => {
      const at: unknown = sent.get(type);
      return {
        type,
        sentAt: typeof at === 'number' ? toIso(at) : null,
        receivedAt: received.get(type) ?? null,
      };
    });
  };

  const report = async (): Promise<EndpointReport> => {
    const found = await inspect(strapi, stripe);
    const { url, registered, warnings } = found;
    return {
      url,
      apiVersion: STRIPE_API_VERSION,
      registered,
      warnings,
      traffic: await traffic(found),
    };
  };

  const create = async (client: Stripe, url: string): Promise<string | null> => {
    const { secret } = await client.webhookEndpoints.create({
      url,
      enabled_events: [...EVENT_TYPES],
      api_version: STRIPE_API_VERSION,
      description: 'Memberships for Strapi',
    });
    return secret ?? null;
  };

  const mend = async (url: string): Promise<Omit<EndpointRepair, 'report'>> => {
    const client = await stripe.writer();
    const [present, ...others] = await findEndpoints(client, url);
    const { webhookEndpoints: endpoints } = client;
    if (!present) return { action: 'created', secret: await create(client, url) };

    // Stripe tells a secret once: where the site has none, the endpoint is of no use to it.
    const isUseless = getConfig(strapi).stripe.webhookSecrets.length === 0;
    if (isUseless || !isRightVersion(present)) {
      const secret = await create(client, url);
      // One whose secret is known goes on delivering until the new one's is in place.
      if (isUseless) for (const { stripeId } of [present, ...others]) await endpoints.del(stripeId);
      return { action: 'replaced', secret };
    }
    // What an earlier replacement left behind.
    for (const { stripeId } of others) await endpoints.del(stripeId);
    const isSound = present.status === 'enabled' && present.missingEvents.length === 0;
    if (!isSound) {
      await endpoints.update(present.stripeId, {
        disabled: false,
        enabled_events: present.missingEvents.length > 0 ? [...EVENT_TYPES] : undefined,
      });
    }
    return { action: isSound && others.length === 0 ? 'unchanged' : 'updated', secret: null };
  };

  return {
    report,
    async repair() {
      const url = webhookUrl(strapi);
      if (url === null) {
        throw badRequest('Set server.url first, so that Stripe can be told where to deliver', {
          field: 'server.url',
        });
      }
      const done = await alone(strapi, 'endpoint', LEASE_MS, () => askStripe(() => mend(url)));
      return { ...done, report: await report() };
    },
  };
};
