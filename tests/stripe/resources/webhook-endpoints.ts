import type Stripe from 'stripe';
import Library from 'stripe';
import { change } from '../events/record';
import { invalid } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId, token } from '../store/ids';
import type { WebhookEndpoint } from '../types';
import { need, type World } from '../world';
import { metadata, text } from './fields';

const endpoints = (world: World) => world.tables.webhookEndpoints;

export const webhookEndpointRoutes: Route[] = [
  route<Stripe.WebhookEndpointCreateParams>('POST /v1/webhook_endpoints', ({ world, params }) => {
    if (!URL.canParse(params.url)) {
      throw invalid(
        'Invalid URL: An explicit scheme (such as https) must be provided.',
        'url',
        'url_invalid'
      );
    }
    return addEndpoint(world, {
      url: params.url,
      enabled_events: params.enabled_events,
      description: text(params.description, null),
      metadata: metadata(params.metadata),
      api_version: params.api_version ?? Library.API_VERSION,
    });
  }),

  route<Stripe.WebhookEndpointListParams>('GET /v1/webhook_endpoints', ({ world, params }) =>
    listPage(endpoints(world).newestFirst().map(withoutSecret), '/v1/webhook_endpoints', params)
  ),

  route<Stripe.WebhookEndpointRetrieveParams>(
    'GET /v1/webhook_endpoints/{endpoint}',
    ({ world, id }) => withoutSecret(need(world, (tables) => tables.webhookEndpoints, id))
  ),

  route<Stripe.WebhookEndpointUpdateParams>(
    'POST /v1/webhook_endpoints/{endpoint}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.webhookEndpoints, id);
      const status =
        params.disabled === undefined ? was.status : params.disabled ? 'disabled' : 'enabled';
      const after = change(world, endpoints(world), id, {
        url: params.url ?? was.url,
        enabled_events: params.enabled_events ?? was.enabled_events,
        description: text(params.description, was.description),
        metadata: metadata(params.metadata, was.metadata),
        status,
      });
      return withoutSecret(after);
    }
  ),

  route<Stripe.WebhookEndpointDeleteParams>(
    'DELETE /v1/webhook_endpoints/{endpoint}',
    ({ world, id }) => {
      need(world, (tables) => tables.webhookEndpoints, id);
      endpoints(world).remove(id);
      return { id, object: 'webhook_endpoint', deleted: true };
    }
  ),
];

/** Registers an endpoint; its secret is only ever shown in this answer. */
export function addEndpoint(
  world: World,
  given: Pick<WebhookEndpoint, 'url'> & Partial<WebhookEndpoint>
): WebhookEndpoint & { secret: string } {
  const row = {
    id: newId('we'),
    object: 'webhook_endpoint' as const,
    api_version: Library.API_VERSION,
    application: null,
    created: world.now(),
    description: null,
    enabled_events: ['*'],
    livemode: world.livemode,
    metadata: {},
    status: 'enabled',
    ...given,
    secret: given.secret ?? `whsec_${token(32)}`,
  };
  endpoints(world).put(row);
  return row;
}

function withoutSecret({ secret: _secret, ...endpoint }: WebhookEndpoint): WebhookEndpoint {
  return endpoint;
}
