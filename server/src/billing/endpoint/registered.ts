import type Stripe from 'stripe';
import type { EndpointWarning, RegisteredEndpoint } from '../../../../contracts';
import { STRIPE_API_VERSION } from '../../constants';
import { EVENT_TYPES } from '../webhook/event-types';

/** Stripe allows sixteen endpoints in test mode and as many in live mode. */
const ALL = 100;

const sameAddress = (one: string, other: string): boolean =>
  URL.canParse(one) && new URL(one).href.replace(/\/$/, '') === other.replace(/\/$/, '');

const missingEvents = ({ enabled_events: events }: Stripe.WebhookEndpoint): string[] =>
  events.includes('*') ? [] : EVENT_TYPES.filter((type) => !events.includes(type));

export const presentEndpoint = (endpoint: Stripe.WebhookEndpoint): RegisteredEndpoint => ({
  stripeId: endpoint.id,
  url: endpoint.url,
  status: endpoint.status === 'enabled' ? 'enabled' : 'disabled',
  apiVersion: endpoint.api_version,
  missingEvents: missingEvents(endpoint),
});

/** How much of what is needed an endpoint does. */
const worth = ({ apiVersion, status, missingEvents: missing }: RegisteredEndpoint): number =>
  (apiVersion === STRIPE_API_VERSION ? 2 : 0) +
  (status === 'enabled' ? 4 : 0) +
  (missing.length === 0 ? 1 : 0);

/** Stripe's endpoints with our URL in the key's mode, the best first. */
export const findEndpoints = async (
  client: Stripe,
  url: string,
  options: Stripe.RequestOptions = {}
): Promise<RegisteredEndpoint[]> => {
  const { data } = await client.webhookEndpoints.list({ limit: ALL }, options);
  return data
    .filter((endpoint) => sameAddress(endpoint.url, url))
    .map(presentEndpoint)
    .sort((a, b) => worth(b) - worth(a));
};

export const isRightVersion = ({ apiVersion }: RegisteredEndpoint): boolean =>
  apiVersion === STRIPE_API_VERSION;

/** What is wrong with the endpoint as Stripe has it. */
export const endpointWarnings = (
  url: string,
  registered: RegisteredEndpoint | null
): EndpointWarning[] => {
  if (!registered) {
    return [
      {
        code: 'not-registered',
        message: `Stripe does not deliver to ${url} in this mode. Register the endpoint.`,
      },
    ];
  }
  const { status, apiVersion, missingEvents: missing } = registered;
  const warnings: EndpointWarning[] = [];
  if (status === 'disabled') {
    warnings.push({
      code: 'disabled',
      message:
        'The endpoint is disabled in Stripe, which also happens by itself when deliveries fail for days. Repair it.',
    });
  }
  if (!isRightVersion(registered)) {
    warnings.push({
      code: 'version-mismatch',
      message: `The endpoint sends API version ${apiVersion ?? "of the account's default"}; this plugin speaks ${STRIPE_API_VERSION}. Repairing makes a new endpoint, with a new secret.`,
    });
  }
  if (missing.length > 0) {
    warnings.push({
      code: 'events-missing',
      message: `The endpoint does not send ${missing.length} of the events that are needed. Repair it.`,
    });
  }
  return warnings;
};
