import type Stripe from 'stripe';
import { cardEnding, declineError } from '../engine/cards';
import { attach, paymentMethodNamed } from '../engine/payment-methods';
import { change, create, emit } from '../events/record';
import { cardError, invalid } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId, token } from '../store/ids';
import type { SetupIntent } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

const intents = (world: World) => world.tables.setupIntents;

export const setupIntentRoutes: Route[] = [
  route<Stripe.SetupIntentCreateParams>('POST /v1/setup_intents', ({ world, params }) => {
    if (params.customer) need(world, (tables) => tables.customers, params.customer, 'customer');
    const id = newId('seti');
    const made = create(
      world,
      intents(world),
      {
        id,
        object: 'setup_intent',
        allowed_payment_method_types: null,
        application: null,
        automatic_payment_methods: { allow_redirects: 'always', enabled: true },
        cancellation_reason: null,
        client_secret: `${id}_secret_${token(25)}`,
        created: world.now(),
        customer: params.customer ?? null,
        description: params.description ?? null,
        excluded_payment_method_types: null,
        flow_directions: null,
        last_setup_error: null,
        latest_attempt: null,
        livemode: world.livemode,
        mandate: null,
        metadata: metadata(params.metadata),
        next_action: null,
        on_behalf_of: null,
        payment_method: params.payment_method ?? null,
        payment_method_configuration_details: null,
        payment_method_options: {},
        payment_method_types: ['card'],
        single_use_mandate: null,
        status: params.payment_method ? 'requires_confirmation' : 'requires_payment_method',
        usage: params.usage ?? 'off_session',
      },
      'setup_intent.created'
    );
    return params.confirm ? confirm(world, made, params.payment_method) : made;
  }),

  route<Stripe.SetupIntentRetrieveParams>('GET /v1/setup_intents/{intent}', ({ world, id }) =>
    need(world, (tables) => tables.setupIntents, id)
  ),

  route<Stripe.SetupIntentListParams>('GET /v1/setup_intents', ({ world, params }) => {
    const rows = intents(world)
      .newestFirst()
      .filter((row) => params.customer === undefined || row.customer === params.customer);
    return listPage(rows, '/v1/setup_intents', params);
  }),

  route<Stripe.SetupIntentConfirmParams>(
    'POST /v1/setup_intents/{intent}/confirm',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.setupIntents, id);
      return confirm(world, intent, params.payment_method ?? intent.payment_method ?? undefined);
    }
  ),
];

function confirm(world: World, intent: SetupIntent, given: string | undefined): SetupIntent {
  if (!given) {
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      undefined,
      'setup_intent_unexpected_state'
    );
  }
  const method = paymentMethodNamed(world, given, 'payment_method');
  const decline = cardEnding(method.card?.last4)?.attach;
  if (decline) {
    const failed = change(world, intents(world), intent.id, { status: 'requires_payment_method' });
    emit(world, 'setup_intent.setup_failed', failed);
    throw cardError(declineError(decline));
  }
  const stored = intent.customer
    ? attach(world, method, intent.customer)
    : world.tables.paymentMethods.put(method);
  const done = change(world, intents(world), intent.id, {
    status: 'succeeded',
    payment_method: stored.id,
  });
  emit(world, 'setup_intent.succeeded', done);
  return done;
}
