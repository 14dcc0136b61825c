import { cancelNow } from '../engine/cancel';
import { periodEnd } from '../engine/due';
import { testCards } from '../engine/cards';
import { attach, buildCard } from '../engine/payment-methods';
import { change } from '../events/record';
import { invalid } from '../http/errors';
import { updateSubscription } from '../resources/subscription-update';
import type { PortalConfiguration, PortalSession, Price, Subscription } from '../types';
import { need, type World } from '../world';

/**
 * The portal sets `cancel_at` to the end of the period and leaves `cancel_at_period_end` false
 * (flexible billing mode).
 */
export function cancelInPortal(
  world: World,
  session: PortalSession,
  given: { subscription: string; feedback: string; comment: string }
): void {
  const row = subscriptionOf(world, session, given.subscription);
  const { enabled, mode } = featuresOf(world, session).subscription_cancel;
  allow(enabled);
  if (mode === 'immediately') {
    const { feedback, comment } = given;
    cancelNow(world, row, {
      reason: 'cancellation_requested',
      feedback: feedback || null,
      comment: comment || null,
    });
    return;
  }
  updateSubscription(world, row, {
    cancel_at: periodEnd(row),
    cancellation_details: { feedback: given.feedback, comment: given.comment },
  });
}

export function renewInPortal(world: World, session: PortalSession, subscription: string): void {
  const row = subscriptionOf(world, session, subscription);
  allow(featuresOf(world, session).subscription_cancel.enabled);
  updateSubscription(world, row, {
    cancel_at: '',
    cancellation_details: { feedback: '', comment: '' },
  });
}

/** The new card becomes the customer's default and that of each subscription with one of its own. */
export function changeCardInPortal(world: World, session: PortalSession, name: string): void {
  allow(featuresOf(world, session).payment_method_update.enabled);
  const card = testCards[name];
  if (!card) throw invalid(`No such test card: '${name}'`, 'card');
  const method = attach(world, buildCard(world, card), session.customer);
  const customer = need(world, (tables) => tables.customers, session.customer);
  change(
    world,
    world.tables.customers,
    customer.id,
    {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: method.id },
    },
    'customer.updated'
  );
  for (const row of world.tables.subscriptions.all()) {
    const own = row.customer === customer.id && row.ended_at === null;
    if (!own || row.default_payment_method === null) continue;
    updateSubscription(world, row, { default_payment_method: method.id });
  }
}

/** Another price of those the portal's configuration offers. */
export function switchInPortal(
  world: World,
  session: PortalSession,
  subscription: string,
  price: string
): void {
  const row = subscriptionOf(world, session, subscription);
  const { enabled, proration_behavior } = featuresOf(world, session).subscription_update;
  allow(enabled && offered(world, session).some((each) => each.id === price));
  const [item] = row.items.data;
  if (!item) throw new Error(`A subscription without items: ${row.id}`);
  updateSubscription(world, row, { items: [{ id: item.id, price }], proration_behavior });
}

/** The prices a visitor can switch to. */
export function offered(world: World, session: PortalSession): Price[] {
  const {
    enabled,
    default_allowed_updates: allowed,
    products,
  } = featuresOf(world, session).subscription_update;
  if (!enabled || !allowed.includes('price')) return [];
  return (products ?? []).flatMap(({ prices }) =>
    prices.flatMap((id) => world.tables.prices.get(id) ?? [])
  );
}

/** What the configuration of a portal session lets its visitor do. */
export function featuresOf(world: World, session: PortalSession): PortalConfiguration['features'] {
  return need(world, (tables) => tables.portalConfigurations, session.configuration).features;
}

function allow(enabled: boolean): void {
  if (!enabled) throw invalid('This portal does not allow that.', 'configuration');
}

function subscriptionOf(world: World, session: PortalSession, id: string): Subscription {
  const row = need(world, (tables) => tables.subscriptions, id, 'subscription');
  if (row.customer !== session.customer || row.ended_at !== null) {
    throw invalid('This subscription cannot be changed here.', 'subscription');
  }
  return row;
}
