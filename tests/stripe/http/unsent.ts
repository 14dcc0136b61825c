import type { World } from '../world';
import { paymentOf } from '../engine/invoices';
import { propertiesOf } from '../schema/validate';
import { listPage } from './lists';

/** What sells line items, and where they are listed. */
const sellers = new Map([
  ['checkout.session', 'checkout/sessions'],
  ['payment_link', 'payment_links'],
]);

/** Fields Stripe only sends when they are asked for. */
export function unsent(world: World, owner: object, field: string): object | null | undefined {
  if (field === 'breakdown' && 'amount_discount' in owner) return { discounts: [], taxes: [] };
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
  const lister = typeof kind === 'string' && field === 'line_items' ? sellers.get(kind) : undefined;
  if (lister) return listPage(world.lineItems.get(id) ?? [], `/v1/${lister}/${id}/line_items`, {});
  if (kind === 'customer' && field === 'subscriptions') {
    const rows = tables.subscriptions
      .newestFirst()
      .filter((row) => row.customer === id && row.ended_at === null);
    return listPage(rows, `/v1/customers/${id}/subscriptions`, {});
  }
  if (kind === 'customer' && field === 'sources') {
    return listPage([], `/v1/customers/${id}/sources`, {});
  }
  if (kind === 'customer' && field === 'tax_ids') {
    const rows = tables.taxIds.newestFirst().filter((row) => row.customer === id);
    return listPage(rows, `/v1/customers/${id}/tax_ids`, {});
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
  if (kind === 'item') return lineField(field);
  return undefined;
}

/** A line of a checkout without tax or discount. */
function lineField(field: string): object | undefined {
  return field === 'discounts' || field === 'taxes' ? [] : undefined;
}

/** Whether objects of a kind can have a field that this one is without. */
export function mayHave(owner: object, field: string): boolean {
  return 'object' in owner && propertiesOf(owner.object).has(field);
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
