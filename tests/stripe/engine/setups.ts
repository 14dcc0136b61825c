import { change, emit, testClockOf } from '../events/record';
import { invalid } from '../http/errors';
import { newId, token } from '../store/ids';
import type { PaymentMethod, SetupIntent } from '../types';
import type { World } from '../world';
import type { Decline } from './cards';
import { behaviourOf } from './charge';
import { methodTypes, setupOptions } from './method-types';
import { authentication } from './next-action';
import { attach } from './payment-methods';

/** A setup with nothing but what is given; `types` are the payment methods the call named. */
export function buildSetup(
  world: World,
  given: Partial<SetupIntent>,
  types?: string[]
): SetupIntent {
  const id = newId('seti');
  const offered = types ?? methodTypes('setups');
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: types ? null : { allow_redirects: 'always', enabled: true },
    cancellation_reason: null,
    client_secret: `${id}_secret_${token(25)}`,
    created: world.now(testClockOf(world, { customer: given.customer ?? null })),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: world.livemode,
    managed_payments: null,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: types
      ? null
      : { id: world.account.id.replace('acct_', 'pmc_'), parent: null },
    payment_method_options: setupOptions(offered),
    payment_method_types: offered,
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
    ...given,
  };
}

interface SetUp {
  intent: SetupIntent;
  decline: Decline | undefined;
}

/** Stores a payment method for later; a card may refuse, or want its holder first. */
export function confirmSetup(
  world: World,
  intent: SetupIntent,
  method: PaymentMethod,
  returnUrl: string | undefined
): SetUp {
  const { setupIntents, paymentMethods } = world.tables;
  const card = behaviourOf(method);
  if (card?.attach) {
    const failed = change(world, setupIntents, intent.id, {
      status: 'requires_payment_method',
      last_setup_error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: card.attach.declineCode,
        message: card.attach.message,
        payment_method: method,
      },
    });
    emit(world, 'setup_intent.setup_failed', failed);
    return { intent: failed, decline: card.attach };
  }
  if (card?.authenticate) {
    paymentMethods.put(method);
    const waits = change(world, setupIntents, intent.id, {
      status: 'requires_action',
      payment_method: method.id,
      next_action: authentication(world, intent.id, returnUrl),
    });
    emit(world, 'setup_intent.requires_action', waits);
    return { intent: waits, decline: undefined };
  }
  return { intent: finishSetup(world, intent, method), decline: undefined };
}

/** The holder of the card has confirmed, or refused to. */
export function authenticateSetup(world: World, id: string, agrees: boolean): SetupIntent {
  const { setupIntents, paymentMethods } = world.tables;
  const intent = setupIntents.get(id);
  const method = paymentMethods.get(intent?.payment_method ?? '');
  if (!intent || intent.status !== 'requires_action' || !method) {
    throw invalid('This setup does not wait for its holder.', 'setup_intent');
  }
  if (agrees) return finishSetup(world, intent, method);
  const failed = change(world, setupIntents, id, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: {
      type: 'invalid_request_error',
      code: 'setup_intent_authentication_failure',
      message: 'The provided payment method has failed authentication.',
    },
  });
  emit(world, 'setup_intent.setup_failed', failed);
  return failed;
}

function finishSetup(world: World, intent: SetupIntent, method: PaymentMethod): SetupIntent {
  const stored = intent.customer
    ? attach(world, method, intent.customer)
    : world.tables.paymentMethods.put(method);
  const done = change(world, world.tables.setupIntents, intent.id, {
    status: 'succeeded',
    payment_method: stored.id,
    next_action: null,
    last_setup_error: null,
  });
  emit(world, 'setup_intent.succeeded', done);
  for (const row of world.tables.subscriptions.filter(
    (each) => each.pending_setup_intent === intent.id
  )) {
    change(
      world,
      world.tables.subscriptions,
      row.id,
      { pending_setup_intent: null, default_payment_method: stored.id },
      'customer.subscription.updated'
    );
  }
  return done;
}
