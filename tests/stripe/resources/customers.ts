import type Stripe from 'stripe';
import { cancelNow } from '../engine/cancel';
import { buildCustomer } from '../engine/customers';
import { redeem, redeemable } from '../engine/discounts';
import { attach, paymentMethodNamed } from '../engine/payment-methods';
import { change, create, emit } from '../events/record';
import { invalid, noSuch } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Customer, Discount, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, shippingOf, text, textParam } from './fields';
import { matcher } from './search';
import { addSource } from './sources';
import { named, type OlderDiscounts } from './subscription-update';

type Given = Stored<Stripe.CustomerCreateParams & Stripe.CustomerUpdateParams>;

const customers = (world: World) => world.tables.customers;
const url = '/v1/customers';
const olderDiscounts = { coupon: textParam, promotion_code: textParam };

export const customerRoutes: Route[] = [
  route<Stripe.CustomerCreateParams & OlderDiscounts>(
    'POST /v1/customers',
    ({ world, params }) => {
      const testClock = params.test_clock || null;
      if (testClock) need(world, (tables) => tables.testClocks, testClock, 'test_clock');
      const named = params.payment_method;
      const method = named ? paymentMethodNamed(world, named, 'payment_method') : undefined;
      if (method) world.tables.paymentMethods.put(method);
      const wanted = params.invoice_settings?.default_payment_method;
      // `pm_card_visa` named twice is one card.
      const settings =
        method && wanted === named
          ? { ...params.invoice_settings, default_payment_method: method.id }
          : params.invoice_settings;
      const blank = buildCustomer(world, { test_clock: testClock });
      const given = { ...params, ...(settings ? { invoice_settings: settings } : {}) };
      const row = { ...blank, ...changes(world, blank, given), balance: params.balance ?? 0 };
      const made = create(world, customers(world), row, 'customer.created');
      if (method) attach(world, method, made.id);
      if (params.source) addSource(world, made.id, params.source);
      if (params.coupon || params.promotion_code) discount(world, made, params);
      return need(world, (tables) => tables.customers, made.id);
    },
    olderDiscounts
  ),

  route<Stripe.CustomerListParams>('GET /v1/customers', ({ world, params }) => {
    const rows = customers(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.email === undefined || row.email === params.email) &&
          (params.test_clock === undefined
            ? !row.test_clock
            : row.test_clock === params.test_clock) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.CustomerSearchParams>('GET /v1/customers/search', ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(customers(world).newestFirst().filter(matches), `${url}/search`, params);
  }),

  route<Stripe.CustomerRetrieveParams>('GET /v1/customers/{customer}', ({ world, id }) => {
    if (customers(world).wasRemoved(id)) return { id, object: 'customer', deleted: true };
    return need(world, (tables) => tables.customers, id);
  }),

  route<Stripe.CustomerUpdateParams & OlderDiscounts>(
    'POST /v1/customers/{customer}',
    ({ world, id, params }) => {
      const before = need(world, (tables) => tables.customers, id);
      if (params.source) addSource(world, id, params.source);
      if (params.coupon || params.promotion_code) discount(world, before, params);
      else if (params.coupon === '') endDiscount(world, before);
      const was = need(world, (tables) => tables.customers, id);
      return change(world, customers(world), id, changes(world, was, params), 'customer.updated');
    },
    olderDiscounts
  ),

  route<Stripe.CustomerDeleteDiscountParams>(
    'DELETE /v1/customers/{customer}/discount',
    ({ world, id }) => {
      const gone = endDiscount(
        world,
        need(world, (tables) => tables.customers, id)
      );
      if (!gone) throw invalid('No active discount for customer.', 'customer', 'resource_missing');
      const { end: _end, ...rest } = gone;
      return { ...rest, deleted: true };
    }
  ),

  route<Stripe.CustomerDeleteParams>('DELETE /v1/customers/{customer}', ({ world, id }) => {
    const row = need(world, (tables) => tables.customers, id);
    for (const subscription of world.tables.subscriptions.all()) {
      if (subscription.customer === id && subscription.ended_at === null) {
        cancelNow(world, subscription, { reason: 'cancellation_requested' });
      }
    }
    emit(world, 'customer.deleted', row);
    customers(world).remove(id);
    return { id, object: 'customer', deleted: true };
  }),

  route<Stripe.CustomerListPaymentMethodsParams>(
    'GET /v1/customers/{customer}/payment_methods',
    ({ world, id, params }) => {
      need(world, (tables) => tables.customers, id, 'customer');
      const rows = world.tables.paymentMethods.newestFirst().filter((row) => row.customer === id);
      return listPage(rows, `${url}/${id}/payment_methods`, params);
    }
  ),

  route<Stripe.CustomerRetrievePaymentMethodParams>(
    'GET /v1/customers/{customer}/payment_methods/{payment_method}',
    ({ world, ids: [id = '', method = ''] }) => {
      need(world, (tables) => tables.customers, id, 'customer');
      const row = need(world, (tables) => tables.paymentMethods, method);
      if (row.customer === id) return row;
      throw noSuch('PaymentMethod', method, 'id');
    }
  ),
];

/** A discount of every invoice of the customer's; another one takes its place. */
function discount(world: World, customer: Customer, given: OlderDiscounts): void {
  const before = customer.discount;
  const owner = { customer: customer.id, subscription: null };
  const made = redeem(
    world,
    owner,
    redeemable(world, named(given), 'coupon'),
    null,
    before !== null
  );
  if (before) emit(world, 'customer.discount.updated', made, { source: before.source });
  change(world, customers(world), customer.id, { discount: made }, 'customer.updated');
}

function endDiscount(world: World, customer: Customer): Discount | null {
  const gone = customer.discount;
  if (!gone) return null;
  emit(world, 'customer.discount.deleted', gone);
  change(world, customers(world), customer.id, { discount: null }, 'customer.updated');
  return gone;
}

function changes(world: World, was: Customer, given: Given): Partial<Customer> {
  return {
    address: address(was, given),
    description: text(given.description, was.description),
    email: text(given.email, was.email),
    invoice_settings: invoiceSettings(world, was, given),
    metadata: metadata(given.metadata, was.metadata),
    name: text(given.name, was.name ?? null),
    phone: text(given.phone, was.phone ?? null),
    preferred_locales: given.preferred_locales ?? was.preferred_locales ?? [],
    shipping: shippingFor(was, given),
    ...(given.balance === undefined ? {} : { balance: given.balance }),
    ...(given.default_source ? { default_source: given.default_source } : {}),
    tax_exempt: given.tax_exempt || (was.tax_exempt ?? 'none'),
    ...(given.invoice_prefix ? { invoice_prefix: given.invoice_prefix } : {}),
    ...(given.next_invoice_sequence ? { next_invoice_sequence: given.next_invoice_sequence } : {}),
  };
}

function address(was: Customer, given: Given): Customer['address'] {
  if (given.address === undefined) return was.address ?? null;
  if (!given.address) return null;
  const { city, country, line1, line2, postal_code, state } = given.address;
  return {
    city: city ?? null,
    country: country ?? null,
    line1: line1 ?? null,
    line2: line2 ?? null,
    postal_code: postal_code ?? null,
    state: state ?? null,
  };
}

function shippingFor(was: Customer, given: Given): Customer['shipping'] {
  return given.shipping === undefined
    ? (was.shipping ?? null)
    : shippingOf(given.shipping || null, null);
}

function invoiceSettings(world: World, was: Customer, given: Given): Customer['invoice_settings'] {
  const wanted = given.invoice_settings;
  if (!wanted) return was.invoice_settings;
  const method = wanted.default_payment_method;
  if (method) {
    need(
      world,
      (tables) => tables.paymentMethods,
      method,
      'invoice_settings[default_payment_method]'
    );
  }
  return {
    ...was.invoice_settings,
    default_payment_method: text(method, was.invoice_settings.default_payment_method),
    footer: text(wanted.footer, was.invoice_settings.footer),
  };
}
