import { periodEnd } from '../engine/due';
import { testCards } from '../engine/cards';
import { attach, buildCard } from '../engine/payment-methods';
import { change } from '../events/record';
import { invalid } from '../http/errors';
import { updateSubscription } from '../resources/subscription-update';
import type { PortalSession, Subscription } from '../types';
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
  updateSubscription(world, row, {
    cancel_at: periodEnd(row),
    cancellation_details: { feedback: given.feedback, comment: given.comment },
  });
}

export function renewInPortal(world: World, session: PortalSession, subscription: string): void {
  const row = subscriptionOf(world, session, subscription);
  updateSubscription(world, row, {
    cancel_at: '',
    cancellation_details: { feedback: '', comment: '' },
  });
}

/** The new card becomes the customer's default and that of each subscription with one of its own. */
export function changeCardInPortal(world: World, session: PortalSession, name: string): void {
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

function subscriptionOf(world: World, session: PortalSession, id: string): Subscription {
  const row = need(world, (tables) => tables.subscriptions, id, 'subscription');
  if (row.customer !== session.customer || row.ended_at !== null) {
    throw invalid('This subscription cannot be changed here.', 'subscription');
  }
  return row;
}
