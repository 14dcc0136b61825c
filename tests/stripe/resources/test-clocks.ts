import type Stripe from 'stripe';
import { cancelNow } from '../engine/cancel';
import { advanceTestClock } from '../engine/advance';
import { change, create, emit } from '../events/record';
import { invalid } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import { need, type World } from '../world';

const clocks = (world: World) => world.tables.testClocks;
const base = '/v1/test_helpers/test_clocks';

export const testClockRoutes: Route[] = [
  route<Stripe.TestHelpers.TestClockCreateParams>(`POST ${base}`, ({ world, params }) => {
    if (world.livemode) throw invalid('Test clocks exist in test mode only.');
    const created = world.now();
    return create(
      world,
      clocks(world),
      {
        id: newId('clock'),
        object: 'test_helpers.test_clock',
        created,
        deletes_after: created + 30 * 86_400,
        frozen_time: params.frozen_time,
        livemode: false,
        name: params.name ?? null,
        status: 'ready',
        status_details: {},
      },
      'test_helpers.test_clock.created'
    );
  }),

  route<Stripe.TestHelpers.TestClockListParams>(`GET ${base}`, ({ world, params }) =>
    listPage(clocks(world).newestFirst(), base, params)
  ),

  route<Stripe.TestHelpers.TestClockRetrieveParams>(`GET ${base}/{clock}`, ({ world, id }) =>
    need(world, (tables) => tables.testClocks, id)
  ),

  // Stripe answers `advancing` and gets there in its own time; here it is there at once, and the
  // next retrieve says `ready`.
  route<Stripe.TestHelpers.TestClockAdvanceParams>(
    `POST ${base}/{clock}/advance`,
    ({ world, id, params }) => {
      const clock = need(world, (tables) => tables.testClocks, id);
      if (params.frozen_time <= clock.frozen_time) {
        throw invalid(
          'The clock can only be advanced to a time after its current frozen time.',
          'frozen_time'
        );
      }
      const advancing = change(world, clocks(world), id, {
        status: 'advancing',
        status_details: { advancing: { target_frozen_time: params.frozen_time } },
      });
      emit(world, 'test_helpers.test_clock.advancing', advancing);
      advanceTestClock(world, advancing, params.frozen_time);
      return advancing;
    }
  ),

  route<Stripe.TestHelpers.TestClockDeleteParams>(`DELETE ${base}/{clock}`, ({ world, id }) => {
    const clock = need(world, (tables) => tables.testClocks, id);
    const { customers, subscriptions } = world.tables;
    for (const row of subscriptions.filter((each) => each.test_clock === id)) {
      if (row.ended_at === null) cancelNow(world, row, { reason: 'cancellation_requested' });
    }
    for (const row of customers.filter((each) => each.test_clock === id)) customers.remove(row.id);
    emit(world, 'test_helpers.test_clock.deleted', clock);
    clocks(world).remove(id);
    return { id, object: 'test_helpers.test_clock', deleted: true };
  }),
];
