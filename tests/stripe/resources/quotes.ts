import type Stripe from 'stripe';
import { priceAmount } from '../engine/price-amount';
import { subscribe } from '../engine/subscribe';
import { change, create, emit } from '../events/record';
import { invalid } from '../http/errors';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import type { Price, Quote } from '../types';
import { need, type World } from '../world';
import { createInvoice } from './invoice-creation';
import { addPriced } from './invoice-items';
import { lineItem } from './checkout-building';
import { metadata, text } from './fields';
import { itemGiven, priceOf } from './subscription-items-param';

const quotes = (world: World) => world.tables.quotes;
const url = '/v1/quotes';
const month = 30 * 86_400;

/** What each quote sells. */
interface Sold {
  price: Price;
  quantity: number;
}

export const quoteRoutes: Route[] = [
  route<Stripe.QuoteCreateParams>(`POST ${url}`, ({ world, params }) => {
    const customer = params.customer
      ? need(world, (tables) => tables.customers, params.customer, 'customer')
      : undefined;
    const items = (params.line_items ?? []).map((item, index) => ({
      price: priceOf(world, itemGiven({ ...item, metadata: {} }), `line_items[${index}]`),
      quantity: item.quantity ?? 1,
    }));
    const made = create(
      world,
      quotes(world),
      build(world, items, {
        collection_method: params.collection_method ?? 'charge_automatically',
        customer: customer?.id ?? null,
        description: params.description ?? null,
        expires_at: params.expires_at ?? world.now() + month,
        footer: params.footer ?? null,
        header: params.header ?? null,
        metadata: metadata(params.metadata),
        test_clock: customer?.test_clock ?? null,
      }),
      'quote.created'
    );
    world.quoted.set(made.id, items);
    return made;
  }),

  route<Stripe.QuoteListParams>(`GET ${url}`, ({ world, params }) => {
    const rows = quotes(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.status === undefined || row.status === params.status)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.QuoteRetrieveParams>(`GET ${url}/{quote}`, ({ world, id }) =>
    need(world, (tables) => tables.quotes, id)
  ),

  route<Stripe.QuoteUpdateParams>(`POST ${url}/{quote}`, ({ world, id, params }) => {
    const was = inState(world, id, ['draft']);
    return change(world, quotes(world), id, {
      description: text(params.description, was.description),
      expires_at: params.expires_at ?? was.expires_at,
      footer: text(params.footer, was.footer),
      header: text(params.header, was.header),
      metadata: metadata(params.metadata, was.metadata),
    });
  }),

  route<Stripe.QuoteListLineItemsParams>(`GET ${url}/{quote}/line_items`, (call) => {
    const { world, id, params } = call;
    need(world, (tables) => tables.quotes, id);
    const rows = (world.quoted.get(id) ?? []).map((item) =>
      lineItem(world, item, item.price.currency)
    );
    return listPage(rows, `${url}/${id}/line_items`, params);
  }),

  route<Stripe.QuoteFinalizeQuoteParams>(`POST ${url}/{quote}/finalize`, ({ world, id }) => {
    const was = inState(world, id, ['draft']);
    const at = world.now(was.test_clock);
    const after = change(world, quotes(world), id, {
      number: `QT-${id.slice(-4).toUpperCase()}-0001-1`,
      status: 'open',
      status_transitions: { ...was.status_transitions, finalized_at: at },
    });
    emit(world, 'quote.finalized', after);
    return after;
  }),

  route<Stripe.QuoteAcceptParams>(`POST ${url}/{quote}/accept`, ({ world, id }) => {
    const was = inState(world, id, ['open']);
    const made = sell(world, was, world.quoted.get(id) ?? []);
    const after = change(world, quotes(world), id, {
      ...made,
      status: 'accepted',
      status_transitions: { ...was.status_transitions, accepted_at: world.now(was.test_clock) },
    });
    emit(world, 'quote.accepted', after);
    return after;
  }),

  route<Stripe.QuoteCancelParams>(`POST ${url}/{quote}/cancel`, ({ world, id }) => {
    const was = inState(world, id, ['draft', 'open']);
    const after = change(world, quotes(world), id, {
      status: 'canceled',
      status_transitions: { ...was.status_transitions, canceled_at: world.now(was.test_clock) },
    });
    emit(world, 'quote.canceled', after);
    return after;
  }),
];

/** A recurring quote becomes a subscription, any other a draft invoice. */
function sell(world: World, quote: Quote, items: Sold[]): Partial<Quote> {
  if (!quote.customer) throw invalid('A quote needs a customer to be accepted.', 'customer');
  const customer = need(world, (tables) => tables.customers, quote.customer, 'customer');
  if (items.some((item) => item.price.recurring)) {
    const { subscription } = subscribe(world, {
      customer,
      items: items.filter((item) => item.price.recurring),
      extras: items.filter((item) => !item.price.recurring),
      metadata: quote.metadata,
      collectNow: true,
    });
    return { subscription: subscription.id };
  }
  const invoice = createInvoice(world, { customer: customer.id, metadata: quote.metadata });
  for (const { price, quantity } of items) {
    addPriced(world, { customer: customer.id, invoice: invoice.id, price: price.id, quantity });
  }
  return { invoice: invoice.id };
}

function inState(world: World, id: string, states: string[]): Quote {
  const quote = need(world, (tables) => tables.quotes, id);
  if (states.includes(quote.status)) return quote;
  throw invalid(`This quote's status is \`${quote.status}\`.`, undefined, 'quote_unexpected_state');
}

function build(world: World, items: Sold[], given: Partial<Quote>): Quote {
  const total = sum(world, items);
  const recurring = items.filter((item) => item.price.recurring);
  const cycle = recurring[0]?.price.recurring;
  const details = { amount_discount: 0, amount_shipping: 0, amount_tax: 0 };
  const each = sum(world, recurring);
  return {
    id: newId('qt'),
    object: 'quote',
    amount_subtotal: total,
    amount_total: total,
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    collection_method: 'charge_automatically',
    computed: {
      recurring: cycle
        ? {
            amount_subtotal: each,
            amount_total: each,
            interval: cycle.interval,
            interval_count: cycle.interval_count,
            total_details: details,
          }
        : null,
      upfront: { amount_subtotal: total, amount_total: total, total_details: details },
    },
    created: world.now(given.test_clock),
    currency: items[0]?.price.currency ?? null,
    customer: null,
    customer_account: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    expires_at: world.now() + month,
    footer: null,
    from_quote: null,
    header: null,
    invoice: null,
    invoice_settings: {
      custom_fields: null,
      days_until_due: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    livemode: world.livemode,
    metadata: {},
    number: null,
    on_behalf_of: null,
    status: 'draft',
    status_transitions: { accepted_at: null, canceled_at: null, finalized_at: null },
    subscription: null,
    subscription_data: {
      billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
      description: null,
      effective_date: null,
      metadata: {},
      trial_period_days: null,
    },
    subscription_schedule: null,
    test_clock: null,
    total_details: details,
    transfer_data: null,
    ...given,
  };
}

function sum(world: World, items: Sold[]): number {
  return items.reduce((all, { price, quantity }) => all + priceAmount(world, price, quantity), 0);
}
