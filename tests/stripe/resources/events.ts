import type Stripe from 'stripe';
import { matchesType } from '../events/matching';
import { invalid } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { need } from '../world';

export const eventRoutes: Route[] = [
  route<Stripe.EventListParams>('GET /v1/events', ({ world, params }) => {
    if (params.type !== undefined && params.types !== undefined) {
      throw invalid('You may only specify one of these parameters: type, types.', 'types');
    }
    const wanted = params.types ?? (params.type === undefined ? ['*'] : [params.type]);
    const rows = world.tables.events
      .newestFirst()
      .filter(
        (row) =>
          matchesType(wanted, row.type) &&
          (params.delivery_success === undefined ||
            params.delivery_success === (row.pending_webhooks === 0)) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/events', params);
  }),

  route<Stripe.EventRetrieveParams>('GET /v1/events/{id}', ({ world, id }) =>
    need(world, (tables) => tables.events, id)
  ),
];
