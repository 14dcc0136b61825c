import type Stripe from 'stripe';
import { cancelNow } from '../engine/cancel';
import { enterPhase, finishSchedule } from '../engine/schedules';
import { change, create, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import type { Customer, Stored, SubscriptionSchedule } from '../types';
import { need, type World } from '../world';
import { isFields } from '../versions/untyped';
import { metadata } from './fields';
import { buildPhases, phaseOf, type Phase } from './schedule-building';

type Given = Stored<Stripe.SubscriptionScheduleCreateParams>;

const schedules = (world: World) => world.tables.subscriptionSchedules;
const url = '/v1/subscription_schedules';

/** `iterations` of earlier versions: so many cycles of the phase's own price. */
export function withDurations(world: World, raw: unknown): unknown {
  if (!isFields(raw) || !Array.isArray(raw.phases)) return raw;
  const phases = raw.phases.map((phase: unknown) => {
    if (!isFields(phase) || phase.iterations === undefined) return phase;
    const { iterations, ...rest } = phase;
    const [item] = Array.isArray(phase.items) ? phase.items : [];
    const price = world.tables.prices.get(isFields(item) ? String(item.price) : '');
    const { interval, interval_count: count = 1 } = price?.recurring ?? { interval: 'month' };
    return { ...rest, duration: { interval, interval_count: String(count * Number(iterations)) } };
  });
  return { ...raw, phases };
}

export const subscriptionScheduleRoutes: Route[] = [
  route<Stripe.SubscriptionScheduleCreateParams>(
    `POST ${url}`,
    ({ world, params }) => {
      if (params.from_subscription)
        return fromSubscription(world, params, params.from_subscription);
      if (!params.customer) throw missingParam('customer');
      if (!params.phases?.length) throw missingParam('phases');
      const customer = need(world, (tables) => tables.customers, params.customer, 'customer');
      const now = world.now(customer.test_clock);
      const start = typeof params.start_date === 'number' ? params.start_date : now;
      const phases = buildPhases(world, params.phases, start, undefined);
      const row = build(world, customer, phases, params);
      const made = create(world, schedules(world), row, 'subscription_schedule.created');
      return start <= now ? enterPhase(world, made, 0) : made;
    },
    undefined,
    withDurations
  ),

  route<Stripe.SubscriptionScheduleListParams>(`GET ${url}`, ({ world, params }) => {
    const rows = schedules(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.SubscriptionScheduleRetrieveParams>(`GET ${url}/{schedule}`, ({ world, id }) =>
    need(world, (tables) => tables.subscriptionSchedules, id)
  ),

  route<Stripe.SubscriptionScheduleUpdateParams>(
    `POST ${url}/{schedule}`,
    ({ world, id, params }) => {
      const was = running(
        need(world, (tables) => tables.subscriptionSchedules, id),
        'update'
      );
      const { start_date: start } = was.phases[0] ?? { start_date: was.created };
      const currency = was.phases[0]?.currency;
      const phases = params.phases
        ? buildPhases(world, params.phases, start, currency)
        : was.phases;
      const now = world.now(was.test_clock);
      const current =
        was.current_phase &&
        phases.find((phase) => phase.start_date <= now && now < phase.end_date);
      if (params.phases && was.current_phase && !current) {
        throw invalid('You must include the current phase of the schedule.', 'phases');
      }
      return change(
        world,
        schedules(world),
        id,
        {
          end_behavior: params.end_behavior ?? was.end_behavior,
          metadata: metadata(params.metadata, was.metadata ?? {}),
          phases,
          ...(current
            ? { current_phase: { start_date: current.start_date, end_date: current.end_date } }
            : {}),
        },
        'subscription_schedule.updated'
      );
    },
    undefined,
    withDurations
  ),

  route<Stripe.SubscriptionScheduleCancelParams>(
    `POST ${url}/{schedule}/cancel`,
    ({ world, id }) => {
      const was = running(
        need(world, (tables) => tables.subscriptionSchedules, id),
        'cancel'
      );
      const subscription = world.tables.subscriptions.get(was.subscription ?? '');
      const done = finishSchedule(world, was, 'canceled');
      // So the CLI's own recipe for `aborted`: one that had not begun.
      if (was.status === 'not_started') emit(world, 'subscription_schedule.aborted', done);
      if (subscription && subscription.ended_at === null) {
        cancelNow(
          world,
          need(world, (t) => t.subscriptions, subscription.id),
          {
            reason: 'cancellation_requested',
          }
        );
      }
      return done;
    }
  ),

  route<Stripe.SubscriptionScheduleReleaseParams>(
    `POST ${url}/{schedule}/release`,
    ({ world, id }) =>
      finishSchedule(
        world,
        running(
          need(world, (tables) => tables.subscriptionSchedules, id),
          'release'
        ),
        'released'
      )
  ),
];

/** A schedule that takes a subscription over as it is. */
function fromSubscription(world: World, params: Given, id: string): SubscriptionSchedule {
  if (params.phases) {
    throw invalid('You cannot set `phases` if `from_subscription` is set.', 'phases');
  }
  const subscription = need(world, (t) => t.subscriptions, id, 'from_subscription');
  if (subscription.schedule || subscription.ended_at !== null) {
    throw invalid(
      'You cannot migrate a subscription that is already attached to a schedule.',
      'from_subscription'
    );
  }
  const customer = need(world, (t) => t.customers, subscription.customer, 'customer');
  const phase = phaseOf(subscription);
  const { start_date, end_date } = phase;
  const made = create(
    world,
    schedules(world),
    {
      ...build(world, customer, [phase], params),
      current_phase: { start_date, end_date },
      status: 'active',
      subscription: id,
    },
    'subscription_schedule.created'
  );
  change(
    world,
    world.tables.subscriptions,
    id,
    { schedule: made.id },
    'customer.subscription.updated'
  );
  emit(world, 'subscription_schedule.updated', made);
  return made;
}

function build(
  world: World,
  customer: Customer,
  phases: Phase[],
  params: Given
): SubscriptionSchedule {
  const now = world.now(customer.test_clock);
  const { default_settings: settings } = params;
  return {
    id: newId('sub_sched'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: {
      flexible: { proration_discounts: 'included' },
      type: 'flexible',
      updated_at: now,
    },
    canceled_at: null,
    completed_at: null,
    created: now,
    current_phase: null,
    customer: customer.id,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null },
      billing_cycle_anchor: settings?.billing_cycle_anchor ?? 'automatic',
      billing_thresholds: null,
      collection_method: settings?.collection_method ?? 'charge_automatically',
      default_payment_method: settings?.default_payment_method ?? null,
      description: settings?.description || null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: params.end_behavior ?? 'release',
    livemode: world.livemode,
    metadata: metadata(params.metadata),
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    subscription: null,
    test_clock: customer.test_clock ?? null,
  };
}

function running(schedule: SubscriptionSchedule, action: string): SubscriptionSchedule {
  if (schedule.status === 'active' || schedule.status === 'not_started') return schedule;
  throw invalid(
    `You cannot ${action} a subscription schedule that is in the \`${schedule.status}\` status. Only subscription schedules in \`not_started\` and \`active\` status can be changed.`
  );
}
