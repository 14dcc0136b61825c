import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { buildSetup, confirmSetup } from '../engine/setups';
import { paymentMethodNamed } from '../engine/payment-methods';
import { change, create, emit } from '../events/record';
import { cardError, invalid } from '../http/errors';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { SetupIntent, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, textsParam } from './fields';

const intents = (world: World) => world.tables.setupIntents;

export const setupIntentRoutes: Route[] = [
  route<Stripe.SetupIntentCreateParams & OlderTypes>(
    'POST /v1/setup_intents',
    ({ world, params }) => {
      if (params.customer) need(world, (tables) => tables.customers, params.customer, 'customer');
      const made = create(world, intents(world), build(world, params), 'setup_intent.created');
      if (!params.confirm) return made;
      return confirm(world, made, params.payment_method, params.return_url);
    },
    { payment_method_types: textsParam }
  ),

  route<Stripe.SetupIntentRetrieveParams>('GET /v1/setup_intents/{intent}', ({ world, id }) =>
    need(world, (tables) => tables.setupIntents, id)
  ),

  route<Stripe.SetupIntentUpdateParams>(
    'POST /v1/setup_intents/{intent}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.setupIntents, id);
      const method = params.payment_method ?? was.payment_method;
      return change(world, intents(world), id, {
        customer: params.customer ?? was.customer,
        description: params.description ?? was.description,
        metadata: metadata(params.metadata, was.metadata ?? {}),
        payment_method: method,
        status:
          method && was.status === 'requires_payment_method' ? 'requires_confirmation' : was.status,
      });
    }
  ),

  route<Stripe.SetupIntentListParams>('GET /v1/setup_intents', ({ world, params }) => {
    const rows = intents(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_method === undefined || row.payment_method === params.payment_method) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, '/v1/setup_intents', params);
  }),

  route<Stripe.SetupIntentConfirmParams>(
    'POST /v1/setup_intents/{intent}/confirm',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.setupIntents, id);
      const method = params.payment_method ?? intent.payment_method ?? undefined;
      return confirm(world, intent, method, params.return_url);
    }
  ),

  route<Stripe.SetupIntentCancelParams>(
    'POST /v1/setup_intents/{intent}/cancel',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.setupIntents, id);
      if (!intent.status.startsWith('requires_')) {
        throw invalid(
          `You cannot cancel this SetupIntent because it has a status of ${intent.status}.`,
          undefined,
          'setup_intent_unexpected_state'
        );
      }
      const canceled = change(world, intents(world), id, {
        status: 'canceled',
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
      });
      emit(world, 'setup_intent.canceled', canceled);
      return canceled;
    }
  ),
];

/** What `allowed_payment_method_types` was called before. */
interface OlderTypes {
  payment_method_types?: string[];
}

function build(
  world: World,
  params: Stored<Stripe.SetupIntentCreateParams & OlderTypes>
): SetupIntent {
  const types = params.allowed_payment_method_types ?? params.payment_method_types;
  return buildSetup(
    world,
    {
      customer: params.customer ?? null,
      description: params.description ?? null,
      metadata: metadata(params.metadata),
      payment_method: params.payment_method ?? null,
      status: params.payment_method ? 'requires_confirmation' : 'requires_payment_method',
      usage: params.usage ?? 'off_session',
    },
    types
  );
}

function confirm(
  world: World,
  intent: SetupIntent,
  given: string | undefined,
  returnUrl: string | undefined
): SetupIntent {
  if (!given) {
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
      undefined,
      'setup_intent_unexpected_state'
    );
  }
  const method = paymentMethodNamed(world, given, 'payment_method');
  const done = confirmSetup(world, intent, method, returnUrl);
  if (!done.decline) return done.intent;
  throw cardError({
    ...declineError(done.decline),
    setup_intent: done.intent,
    payment_method: method,
  });
}
