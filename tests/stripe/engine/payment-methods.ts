import { cardError, invalid } from '../http/errors';
import { create } from '../events/record';
import { newId, token } from '../store/ids';
import type { Customer, PaymentMethod, Subscription } from '../types';
import { need, type World } from '../world';
import { cardEnding, declineError, testCards, type TestCard } from './cards';

export const noAddress = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** A card with nobody's name on it. `id` keeps the name of a test payment method. */
export function buildCard(world: World, card: TestCard, id = newId('pm')): PaymentMethod {
  const created = world.now();
  return {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: noAddress, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card.country,
      display_brand: card.brand,
      exp_month: 12,
      exp_year: new Date(created * 1000).getUTCFullYear() + 4,
      fingerprint: token(16),
      funding: card.funding,
      generated_from: null,
      last4: card.last4,
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created,
    customer: null,
    customer_account: null,
    livemode: world.livemode,
    metadata: {},
    type: 'card',
  };
}

/** A bank account to debit; what it does is in the end of its IBAN. */
export function buildDebit(world: World, iban: string): PaymentMethod {
  const { card: _card, ...rest } = buildCard(world, blank);
  const fingerprint = token(16);
  world.ibans.set(fingerprint, iban);
  return {
    ...rest,
    type: 'sepa_debit',
    sepa_debit: {
      bank_code: iban.slice(4, 9),
      branch_code: '',
      country: iban.slice(0, 2),
      fingerprint,
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
  };
}

const blank: TestCard = { brand: 'visa', last4: '', funding: 'debit', country: 'US' };

/** A stored payment method, or a fresh one from a test name such as `pm_card_visa`. */
export function paymentMethodNamed(world: World, id: string, param: string): PaymentMethod {
  const card = testCards[id];
  if (card && !world.livemode) return buildCard(world, card);
  return need(world, (tables) => tables.paymentMethods, id, param);
}

/** Ties a payment method to a customer, or throws the 402 of a card that refuses it. */
export function attach(world: World, method: PaymentMethod, customer: string): PaymentMethod {
  if (method.customer && method.customer !== customer) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method'
    );
  }
  if (method.customer === customer) return method;
  const decline = cardEnding(method.card?.last4)?.attach;
  if (decline) throw cardError({ ...declineError(decline), param: '' });
  return create(
    world,
    world.tables.paymentMethods,
    { ...method, customer },
    'payment_method.attached'
  );
}

/** What a payment of this subscription would be taken from. */
export function methodToCharge(
  world: World,
  customer: Customer,
  subscription?: Subscription
): PaymentMethod | undefined {
  const id =
    subscription?.default_payment_method ??
    customer.invoice_settings.default_payment_method ??
    (typeof customer.default_source === 'string' ? customer.default_source : undefined);
  return id ? world.tables.paymentMethods.get(id) : undefined;
}
