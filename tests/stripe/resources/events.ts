import type Stripe from 'stripe';
import { matchesType } from '../events/matching';
import { invalid, noSuch } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { need, type World } from '../world';

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
          isKept(world, row.id) &&
          matchesType(wanted, row.type) &&
          (params.delivery_success === undefined ||
            params.delivery_success === (row.pending_webhooks === 0)) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/events', params);
  }),

  route<Stripe.EventRetrieveParams>('GET /v1/events/{id}', ({ world, id }) => {
    const row = need(world, (tables) => tables.events, id);
    if (isKept(world, id)) return row;
    throw noSuch('event', id, 'id');
  }),
];

const retention = 30 * 86_400;

/** Stripe lists an event for thirty days (https://docs.stripe.com/api/events). */
function isKept(world: World, id: string): boolean {
  return (world.recordedAt.get(id) ?? 0) >= world.now() - retention;
}
