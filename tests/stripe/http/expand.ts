import type { AnyObject } from '../types';
import type { World } from '../world';
import { paymentOf } from '../engine/invoices';
import { listPage } from './lists';
import { invalid } from './errors';

/**
 * Puts the objects the `expand` paths name in the place of their ids, to any depth, through
 * lists (`data.customer`) as Stripe does: https://docs.stripe.com/api/expanding_objects
 */
export function expand(world: World, body: object, paths: string[]): object {
  return paths.reduce<object>((done, path) => {
    const steps = path.split('.');
    if (steps.filter((step) => step !== 'data').length > 4) {
      throw invalid('You cannot expand more than 4 levels of a property.', 'expand');
    }
    return expandStep(world, done, steps, path);
  }, body);
}

function expandStep(world: World, owner: object, steps: string[], path: string): object {
  const [step, ...rest] = steps;
  // What was deleted has nothing left to expand.
  if (step === undefined || 'deleted' in owner) return owner;
  const entries = new Map<string, unknown>(Object.entries(owner));
  const value = entries.has(step) ? entries.get(step) : virtual(world, owner, step);
  if (value === undefined) {
    throw invalid(`This property cannot be expanded (${path}).`, 'expand');
  }
  const expanded = expandValue(world, value, step, rest, path);
  return Object.fromEntries(entries.set(step, expanded));
}

function expandValue(
  world: World,
  value: unknown,
  name: string,
  rest: string[],
  path: string
): unknown {
  if (Array.isArray(value)) {
    return value.map((each: unknown) => expandValue(world, each, name, rest, path));
  }
  if (value === null) return null;
  const target = typeof value === 'string' ? lookUp(world, value, name) : value;
  if (typeof target === 'object' && target !== null) return expandStep(world, target, rest, path);
  throw invalid(`This property cannot be expanded (${path}).`, 'expand');
}

/** Fields Stripe only sends when they are asked for. */
function virtual(world: World, owner: object, field: string): object | null | undefined {
  if (!('id' in owner) || !('object' in owner)) return undefined;
  const { id, object: kind } = owner;
  if (typeof id !== 'string') return undefined;
  const { tables } = world;
  if (kind === 'invoice' && field === 'payments') {
    const payment = paymentOf(world, id);
    return listPage(payment ? [payment] : [], `/v1/invoices/${id}/payments`, {});
  }
  if (kind === 'invoice' && field === 'confirmation_secret') {
    const intentId = paymentOf(world, id)?.payment.payment_intent;
    const secret = intentId && tables.paymentIntents.get(intentId)?.client_secret;
    return secret ? { client_secret: secret, type: 'payment_intent' } : null;
  }
  if (kind === 'checkout.session' && field === 'line_items') {
    return listPage(world.lineItems.get(id) ?? [], `/v1/checkout/sessions/${id}/line_items`, {});
  }
  if (kind === 'customer' && field === 'subscriptions') {
    const rows = tables.subscriptions
      .newestFirst()
      .filter((row) => row.customer === id && row.ended_at === null);
    return listPage(rows, `/v1/customers/${id}/subscriptions`, {});
  }
  if (kind === 'customer' && (field === 'sources' || field === 'tax_ids')) {
    return listPage([], `/v1/customers/${id}/${field}`, {});
  }
  if (kind === 'customer' && field === 'invoice_credit_balance') return {};
  if (kind === 'customer' && field === 'tax') {
    return {
      automatic_tax: 'unrecognized_location',
      ip_address: null,
      location: null,
      provider: 'stripe',
    };
  }
  if (kind === 'price' || kind === 'plan') return priceField(world, id, field);
  if (kind === 'coupon') return couponField(world, id, field);
  if (kind === 'charge' && field === 'refunds') {
    const rows = tables.refunds.newestFirst().filter((row) => row.charge === id);
    return listPage(rows, `/v1/charges/${id}/refunds`, {});
  }
  return undefined;
}

function priceField(world: World, id: string, field: string): object | undefined {
  const details = world.priceDetails.get(id);
  if (field === 'tiers') return details?.tiers;
  return field === 'currency_options' ? details?.currency_options : undefined;
}

function couponField(world: World, id: string, field: string): object | undefined {
  const details = world.couponDetails.get(id);
  if (field === 'applies_to') return { products: details?.products ?? [] };
  return field === 'currency_options' ? details?.currency_options : undefined;
}

/** The object an id names: most by what the field is called, custom ids included. */
function lookUp(world: World, id: string, field: string): object | undefined {
  const { tables } = world;
  if (field === 'customer' && tables.customers.wasRemoved(id)) {
    return { id, object: 'customer', deleted: true };
  }
  if (field === 'product' && tables.products.wasRemoved(id)) {
    return { id, object: 'product', deleted: true };
  }
  for (const table of Object.values(tables)) {
    const row: AnyObject | undefined = table.get(id);
    if (row) return row;
  }
  return undefined;
}
