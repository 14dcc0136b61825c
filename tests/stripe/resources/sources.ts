import type Stripe from 'stripe';
import { attach, buildCard } from '../engine/payment-methods';
import { testCards } from '../engine/cards';
import { change, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import type { Card, PaymentMethod } from '../types';
import { need, type World } from '../world';
import { metadata } from './fields';

const path = '/v1/customers/{customer}/sources';

/** The older way to keep cards: they are payment methods too, under an id that begins `card_`. */
export const sourceRoutes: Route[] = [
  route<Stripe.CustomerCreateSourceParams>(`POST ${path}`, ({ world, id, params }) => {
    need(world, (tables) => tables.customers, id, 'customer');
    if (!params.source) throw missingParam('source');
    return addSource(world, id, params.source);
  }),

  route<Stripe.CustomerListSourcesParams>(`GET ${path}`, ({ world, id, params }) => {
    const rows = world.tables.paymentMethods
      .newestFirst()
      .filter((row) => row.customer === id && row.id.startsWith('card_'));
    return listPage(rows.map(cardOf), `/v1/customers/${id}/sources`, params);
  }),

  route<Stripe.CustomerRetrieveSourceParams>(`GET ${path}/{source}`, ({ world, ids }) =>
    cardOf(need(world, (tables) => tables.paymentMethods, ids[1] ?? ''))
  ),

  route<Stripe.CustomerUpdateSourceParams>(`POST ${path}/{source}`, ({ world, ids, params }) => {
    const was = need(world, (tables) => tables.paymentMethods, ids[1] ?? '');
    const { metadata: given, name, exp_month, exp_year } = params;
    const after = change(world, world.tables.paymentMethods, was.id, {
      metadata: metadata(given, was.metadata ?? {}),
      billing_details: { ...was.billing_details, name: name ?? was.billing_details.name },
      ...(was.card
        ? {
            card: {
              ...was.card,
              exp_month: Number(exp_month ?? was.card.exp_month),
              exp_year: Number(exp_year ?? was.card.exp_year),
            },
          }
        : {}),
    });
    emit(world, 'customer.source.updated', cardOf(after), { metadata: was.metadata });
    return cardOf(after);
  }),

  route<Stripe.CustomerDeleteSourceParams>(`DELETE ${path}/{source}`, ({ world, ids }) => {
    const was = need(world, (tables) => tables.paymentMethods, ids[1] ?? '');
    world.tables.paymentMethods.remove(was.id);
    emit(world, 'customer.source.deleted', cardOf(was));
    return { id: was.id, object: 'card', deleted: true };
  }),
];

/** Keeps the card of a test token (`tok_visa`); the first one is what the customer pays with. */
export function addSource(world: World, customer: string, token: string): Card {
  const card = testCards[token.replace(/^tok_/, 'pm_card_')];
  if (!card) throw invalid(`No such token: '${token}'`, 'source', 'resource_missing');
  const made = attach(world, buildCard(world, card, newId('card')), customer);
  const owner = need(world, (tables) => tables.customers, customer, 'customer');
  if (!owner.default_source) {
    change(
      world,
      world.tables.customers,
      customer,
      { default_source: made.id },
      'customer.updated'
    );
  }
  emit(world, 'customer.source.created', cardOf(made));
  return cardOf(made);
}

function cardOf(method: PaymentMethod): Card {
  const { card } = method;
  return {
    id: method.id,
    object: 'card',
    address_city: null,
    address_country: null,
    address_line1: null,
    address_line1_check: null,
    address_line2: null,
    address_state: null,
    address_zip: null,
    address_zip_check: null,
    brand: names.get(card?.brand ?? '') ?? 'Unknown',
    country: card?.country ?? null,
    customer: method.customer,
    cvc_check: null,
    dynamic_last4: null,
    exp_month: card?.exp_month ?? 12,
    exp_year: card?.exp_year ?? 2034,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? 'credit',
    last4: card?.last4 ?? '',
    metadata: method.metadata,
    name: method.billing_details.name,
    regulated_status: 'unregulated',
    tokenization_method: null,
  };
}

const names = new Map([
  ['visa', 'Visa'],
  ['mastercard', 'MasterCard'],
  ['amex', 'American Express'],
  ['discover', 'Discover'],
  ['diners', 'Diners Club'],
  ['jcb', 'JCB'],
  ['unionpay', 'UnionPay'],
]);
