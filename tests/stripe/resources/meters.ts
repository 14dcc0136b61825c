import type Stripe from 'stripe';
import { change, create } from '../events/record';
import { invalid } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId, token } from '../store/ids';
import type { Meter } from '../types';
import { need, type World } from '../world';

const url = '/v1/billing/meters';
const meters = (world: World) => world.tables.meters;

/** Meters and what they count. Usage is summed up and shown; no invoice bills it. */
export const meterRoutes: Route[] = [
  route<Stripe.Billing.MeterCreateParams>(`POST ${url}`, ({ world, params }) => {
    const now = world.now();
    return create(
      world,
      meters(world),
      {
        id: newId('mtr_test').replace('mtr_test', world.livemode ? 'mtr' : 'mtr_test'),
        object: 'billing.meter',
        created: now,
        customer_mapping: params.customer_mapping ?? {
          event_payload_key: 'stripe_customer_id',
          type: 'by_id',
        },
        default_aggregation: params.default_aggregation,
        display_name: params.display_name,
        event_name: params.event_name,
        event_time_window: params.event_time_window ?? null,
        livemode: world.livemode,
        status: 'active',
        status_transitions: { deactivated_at: null },
        updated: now,
        value_settings: params.value_settings ?? { event_payload_key: 'value' },
      },
      'billing.meter.created'
    );
  }),

  route<Stripe.Billing.MeterListParams>(`GET ${url}`, ({ world, params }) => {
    const rows = meters(world)
      .newestFirst()
      .filter((row) => params.status === undefined || row.status === params.status);
    return listPage(rows, url, params);
  }),

  route<Stripe.Billing.MeterRetrieveParams>(`GET ${url}/{id}`, ({ world, id }) =>
    need(world, meterTable, id)
  ),

  route<Stripe.Billing.MeterUpdateParams>(`POST ${url}/{id}`, ({ world, id, params }) => {
    const was = need(world, meterTable, id);
    const display_name = params.display_name ?? was.display_name;
    return change(world, meters(world), id, { display_name }, 'billing.meter.updated');
  }),

  route<Stripe.Billing.MeterDeactivateParams>(`POST ${url}/{id}/deactivate`, ({ world, id }) => {
    need(world, meterTable, id);
    const off = { status: 'inactive', status_transitions: { deactivated_at: world.now() } };
    return change(world, meters(world), id, off, 'billing.meter.deactivated');
  }),

  route<Stripe.Billing.MeterReactivateParams>(`POST ${url}/{id}/reactivate`, ({ world, id }) => {
    need(world, meterTable, id);
    const on = { status: 'active', status_transitions: { deactivated_at: null } };
    return change(world, meters(world), id, on, 'billing.meter.reactivated');
  }),

  route<Stripe.Billing.MeterEventCreateParams>(
    'POST /v1/billing/meter_events',
    ({ world, params }) => {
      const meter = meterOf(world, params.event_name);
      const { event_payload_key: who } = meter.customer_mapping;
      need(world, (tables) => tables.customers, String(params.payload[who]), `payload[${who}]`);
      const payload = params.payload;
      const timestamp = params.timestamp ?? world.now();
      const value = Number(payload[meter.value_settings.event_payload_key] ?? 1);
      world.usage.push({ meter: meter.id, customer: String(payload[who]), timestamp, value });
      return {
        object: 'billing.meter_event',
        created: world.now(),
        event_name: params.event_name,
        identifier: params.identifier ?? token(32),
        livemode: world.livemode,
        payload,
        timestamp,
      };
    }
  ),

  route<Stripe.Billing.MeterListEventSummariesParams>(
    `GET ${url}/{id}/event_summaries`,
    ({ world, id, params }) => {
      const meter = need(world, meterTable, id);
      const { customer, start_time, end_time } = params;
      const counted = world.usage.filter(
        (use) =>
          use.meter === id &&
          use.customer === customer &&
          use.timestamp >= start_time &&
          use.timestamp < end_time
      );
      const sum = counted.reduce((all, { value }) => all + value, 0);
      const counts = meter.default_aggregation.formula === 'count';
      const row = {
        id: newId('mtrusg'),
        object: 'billing.meter_event_summary',
        aggregated_value: counts ? counted.length : sum,
        end_time,
        livemode: world.livemode,
        meter: id,
        start_time,
      };
      return listPage([row], `${url}/${id}/event_summaries`, params);
    }
  ),
];

const meterTable = (tables: World['tables']) => tables.meters;

function meterOf(world: World, eventName: string): Meter {
  const [meter] = meters(world).filter(
    (row) => row.event_name === eventName && row.status === 'active'
  );
  if (meter) return meter;
  throw invalid(`No active meter found for event name: ${eventName}.`, undefined, 'no_meter');
}
