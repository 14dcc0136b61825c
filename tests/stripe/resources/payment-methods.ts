import type Stripe from 'stripe';
import { attach, buildCard, buildDebit, paymentMethodNamed } from '../engine/payment-methods';
import { testCards } from '../engine/cards';
import { change, create, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { PaymentMethod, Stored } from '../types';
import { need, type World } from '../world';
import { addressOf, metadata } from './fields';

const methods = (world: World) => world.tables.paymentMethods;

export const paymentMethodRoutes: Route[] = [
  route<Stripe.PaymentMethodCreateParams>('POST /v1/payment_methods', ({ world, params }) => {
    const made = build(world, params);
    return create(world, methods(world), {
      ...made,
      billing_details: billingDetails(made, params.billing_details),
      metadata: metadata(params.metadata),
    });
  }),

  route<Stripe.PaymentMethodListParams>('GET /v1/payment_methods', ({ world, params }) => {
    const rows = methods(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          row.customer !== null &&
          (params.type === undefined || row.type === params.type)
      );
    return listPage(rows, '/v1/payment_methods', params);
  }),

  route<Stripe.PaymentMethodRetrieveParams>(
    'GET /v1/payment_methods/{payment_method}',
    ({ world, id }) => paymentMethodNamed(world, id, 'id')
  ),

  route<Stripe.PaymentMethodUpdateParams>(
    'POST /v1/payment_methods/{payment_method}',
    ({ world, id, params }) => {
      const was = need(world, (tables) => tables.paymentMethods, id);
      return change(
        world,
        methods(world),
        id,
        {
          billing_details: billingDetails(was, params.billing_details),
          metadata: metadata(params.metadata, was.metadata ?? {}),
          ...(was.card ? { card: expiry(was, params) } : {}),
        },
        'payment_method.updated'
      );
    }
  ),

  route<Stripe.PaymentMethodAttachParams>(
    'POST /v1/payment_methods/{payment_method}/attach',
    ({ world, id, params }) => {
      if (!params.customer) throw missingParam('customer');
      const customer = need(world, (tables) => tables.customers, params.customer, 'customer');
      return attach(world, paymentMethodNamed(world, id, 'id'), customer.id);
    }
  ),

  route<Stripe.PaymentMethodDetachParams>(
    'POST /v1/payment_methods/{payment_method}/detach',
    ({ world, id }) => {
      const was = need(world, (tables) => tables.paymentMethods, id);
      if (!was.customer) {
        throw invalid(
          'The payment method you provided is not attached to a customer so detachment is impossible.',
          'payment_method'
        );
      }
      const customer = world.tables.customers.get(was.customer);
      const detached = change(world, methods(world), id, { customer: null });
      emit(world, 'payment_method.detached', detached, { customer: was.customer });
      if (customer?.invoice_settings.default_payment_method === id) {
        change(
          world,
          world.tables.customers,
          customer.id,
          { invoice_settings: { ...customer.invoice_settings, default_payment_method: null } },
          'customer.updated'
        );
      }
      return detached;
    }
  ),
];

function build(world: World, params: Stored<Stripe.PaymentMethodCreateParams>): PaymentMethod {
  if (params.type === 'sepa_debit') {
    if (!params.sepa_debit) throw missingParam('sepa_debit');
    return buildDebit(world, params.sepa_debit.iban);
  }
  if (params.type !== undefined && params.type !== 'card') {
    throw invalid(`The simulator has cards and SEPA debits, not '${params.type}'.`, 'type');
  }
  const made = buildCard(world, cardOfToken(params));
  const given = params.card && 'exp_month' in params.card ? { card: params.card } : {};
  return made.card ? { ...made, card: expiry(made, given) } : made;
}

function billingDetails(
  was: PaymentMethod,
  given: Stored<Stripe.PaymentMethodCreateParams>['billing_details']
): PaymentMethod['billing_details'] {
  const { address, email, name, phone, tax_id } = was.billing_details;
  return {
    address: given?.address ? addressOf(given.address) : address,
    email: given?.email ?? email,
    name: given?.name ?? name,
    phone: given?.phone ?? phone,
    tax_id: given?.tax_id ?? tax_id,
  };
}

/** Test numbers and `tok_…` names stand for the cards they are documented to be. */
function cardOfToken(params: Stored<Stripe.PaymentMethodCreateParams>) {
  const given = params.card;
  const last4 = given && 'number' in given ? given.number?.slice(-4) : undefined;
  const named = given && 'token' in given ? given.token?.replace(/^tok_/, 'pm_card_') : undefined;
  const card = Object.entries(testCards).find(
    ([name, each]) => name === named || each.last4 === last4
  );
  if (!card) throw invalid('Your card number is incorrect.', 'card[number]', 'incorrect_number');
  return card[1];
}

/** A card's end as it was, or as it is given. */
function expiry(
  was: PaymentMethod,
  params: { card?: { exp_month?: number | undefined; exp_year?: number | undefined } }
): PaymentMethod['card'] {
  if (!was.card) return was.card;
  return {
    ...was.card,
    exp_month: params.card?.exp_month ?? was.card.exp_month,
    exp_year: params.card?.exp_year ?? was.card.exp_year,
  };
}
