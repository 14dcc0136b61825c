import type Stripe from 'stripe';
import { declineError } from '../engine/cards';
import { told } from '../engine/outcomes';
import { formatAmount, leastOf } from '../engine/money';
import { createIntent } from '../engine/create-intent';
import { cancelIntent, captureIntent, confirmIntent } from '../engine/payment-intents';
import { attach, buildDebit, methodToCharge, paymentMethodNamed } from '../engine/payment-methods';
import { change } from '../events/record';
import { cardError, invalid } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { PaymentIntent, Stored } from '../types';
import { isFields } from '../versions/untyped';
import { need, type World } from '../world';
import { metadata, shippingOf, text, textsParam } from './fields';
import { matcher } from './search';

const intents = (world: World) => world.tables.paymentIntents;
const url = '/v1/payment_intents';

const tooSmall =
  'The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents';

export const paymentIntentRoutes: Route[] = [
  route<Stripe.PaymentIntentCreateParams & OlderTypes>(
    'POST /v1/payment_intents',
    ({ world, params }) => {
      checkAmount(params.amount, params.currency.toLowerCase());
      if (params.customer) need(world, (tables) => tables.customers, params.customer, 'customer');
      const method = methodGiven(world, params);
      if (method) world.tables.paymentMethods.put(method);
      const intent = createIntent(world, {
        direct: true,
        amount: params.amount,
        currency: params.currency.toLowerCase(),
        customer: params.customer ?? null,
        description: params.description ?? null,
        metadata: metadata(params.metadata),
        receiptEmail: params.receipt_email || null,
        setupFutureUsage: params.setup_future_usage ?? null,
        paymentMethod: method?.id ?? null,
        methodTypes: params.allowed_payment_method_types ?? params.payment_method_types,
        captureMethod: params.capture_method,
        confirmationMethod: params.confirmation_method,
        shipping: shippingOf(params.shipping, null),
        statementDescriptor: params.statement_descriptor ?? null,
        fields: {
          statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
          transfer_group: params.transfer_group ?? null,
          ...(params.automatic_payment_methods
            ? { automatic_payment_methods: redirects(params.automatic_payment_methods) }
            : {}),
        },
      });
      return params.confirm ? confirm(world, intent, method?.id, params.return_url) : intent;
    },
    { payment_method_types: textsParam },
    withNamedCard
  ),

  route<Stripe.PaymentIntentSearchParams>(`GET ${url}/search`, ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(intents(world).newestFirst().filter(matches), `${url}/search`, params);
  }),

  route<Stripe.PaymentIntentConfirmParams>(
    'POST /v1/payment_intents/{intent}/confirm',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.paymentIntents, id);
      expectStatus(intent, 'confirm', [
        'requires_payment_method',
        'requires_confirmation',
        'requires_action',
      ]);
      const method = params.payment_method ?? intent.payment_method ?? undefined;
      return confirm(world, intent, method, params.return_url);
    }
  ),

  route<Stripe.PaymentIntentCaptureParams>(
    'POST /v1/payment_intents/{intent}/capture',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.paymentIntents, id);
      expectStatus(intent, 'capture', ['requires_capture']);
      const amount = params.amount_to_capture ?? intent.amount_capturable;
      if (amount < 1 || amount > intent.amount_capturable) {
        throw invalid(
          `The amount_to_capture (${amount}) is greater than the amount that can be captured (${intent.amount_capturable}).`,
          'amount_to_capture',
          'amount_too_large'
        );
      }
      return captureIntent(world, intent, amount);
    }
  ),

  route<Stripe.PaymentIntentCancelParams>(
    'POST /v1/payment_intents/{intent}/cancel',
    ({ world, id, params }) => {
      const intent = need(world, (tables) => tables.paymentIntents, id);
      expectStatus(intent, 'cancel', [
        'requires_payment_method',
        'requires_confirmation',
        'requires_action',
        'requires_capture',
      ]);
      return cancelIntent(world, id, params.cancellation_reason ?? null);
    }
  ),

  route<Stripe.PaymentIntentUpdateParams>(
    'POST /v1/payment_intents/{intent}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.paymentIntents, id);
      const method = params.payment_method
        ? paymentMethodNamed(world, params.payment_method, 'payment_method')
        : undefined;
      if (method) world.tables.paymentMethods.put(method);
      const waits = was.status === 'requires_payment_method' && method;
      return change(world, intents(world), id, {
        amount: params.amount ?? was.amount,
        customer: params.customer ?? was.customer,
        description: params.description ?? was.description,
        metadata: metadata(params.metadata, was.metadata),
        payment_method: method?.id ?? was.payment_method,
        receipt_email: text(params.receipt_email, was.receipt_email),
        setup_future_usage: params.setup_future_usage || was.setup_future_usage,
        shipping: shippingOf(params.shipping, was.shipping),
        status: waits ? 'requires_confirmation' : was.status,
      });
    }
  ),

  route<Stripe.PaymentIntentRetrieveParams>('GET /v1/payment_intents/{intent}', ({ world, id }) =>
    need(world, (tables) => tables.paymentIntents, id)
  ),

  route<Stripe.PaymentIntentListParams>('GET /v1/payment_intents', ({ world, params }) => {
    const rows = intents(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),
];

type Given = Stored<Stripe.PaymentIntentCreateParams>;

/** What `allowed_payment_method_types` was called before. */
interface OlderTypes {
  payment_method_types?: string[];
}

/** A card of a test token is the test card of that name; the library has no such parameter. */
function withNamedCard(_world: World, raw: unknown): unknown {
  if (!isFields(raw) || !isFields(raw.payment_method_data)) return raw;
  const { card } = raw.payment_method_data;
  if (!isFields(card) || typeof card.token !== 'string') return raw;
  const { payment_method_data: _data, ...rest } = raw;
  return { ...rest, payment_method: card.token.replace(/^tok_/, 'pm_card_') };
}

const redirects = (given: NonNullable<Given['automatic_payment_methods']>) => ({
  allow_redirects: given.allow_redirects ?? 'always',
  enabled: given.enabled,
});

function checkAmount(amount: number, currency: string): void {
  if (amount < 1) throw invalid(tooSmall, 'amount', 'parameter_invalid_integer');
  const least = leastOf(currency);
  if (amount >= least) return;
  const said = `${formatAmount(least, currency)} ${currency}`;
  throw invalid(`Amount must be at least ${said}`, 'amount', 'amount_too_small');
}

/** The method a call names or describes, or the customer's own. */
function methodGiven(world: World, params: Stored<Stripe.PaymentIntentCreateParams>) {
  if (params.payment_method) {
    return paymentMethodNamed(world, params.payment_method, 'payment_method');
  }
  const iban = params.payment_method_data?.sepa_debit?.iban;
  if (iban) return buildDebit(world, iban);
  const customer = params.customer ? world.tables.customers.get(params.customer) : undefined;
  return params.off_session && customer ? methodToCharge(world, customer) : undefined;
}

function expectStatus(intent: PaymentIntent, action: string, wanted: string[]): void {
  if (wanted.includes(intent.status)) return;
  throw invalid(
    `You cannot ${action} this PaymentIntent because it has a status of ${intent.status}.`,
    undefined,
    'payment_intent_unexpected_state'
  );
}

function confirm(
  world: World,
  intent: PaymentIntent,
  method: string | undefined,
  returnUrl: string | undefined
): PaymentIntent {
  if (!method) {
    throw invalid(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      undefined,
      'payment_intent_unexpected_state'
    );
  }
  const card = paymentMethodNamed(world, method, 'payment_method');
  world.tables.paymentMethods.put(card);
  const attempt = confirmIntent(world, intent, card, { returnUrl });
  if (attempt.outcome === 'paid' && intent.setup_future_usage && intent.customer) {
    attach(world, card, intent.customer);
  }
  told(world, intent.id, attempt);
  const after = intents(world).get(intent.id) ?? intent;
  if (attempt.outcome !== 'declined') return after;
  throw cardError({
    ...declineError(attempt.decline),
    charge: attempt.charge.id,
    payment_intent: after,
    payment_method: card,
  });
}
