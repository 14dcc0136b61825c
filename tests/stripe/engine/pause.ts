import { change, emit } from '../events/record';
import type { Subscription } from '../types';
import type { World } from '../world';
import { resumed } from './after-payment';
import { paymentOf } from './invoices';
import { billNow, endTrial } from './update-subscription';

/** `paused`: nothing is billed until it is resumed. https://docs.stripe.com/billing/subscriptions/pause */
export function pause(world: World, subscription: Subscription): Subscription {
  const paused = change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { status: 'paused' },
    'customer.subscription.updated'
  );
  emit(world, 'customer.subscription.paused', paused);
  return paused;
}

/**
 * A paused subscription starts a new cycle and is billed for it, or goes on in the period it was
 * in (`unchanged`). It stays paused until that is paid.
 */
export function resume(world: World, subscription: Subscription, restart: boolean): Subscription {
  const { subscriptions } = world.tables;
  if (!restart) return resumed(world, subscription.id);
  const begun = {
    ...endTrial(world, subscription),
    trial_end: subscription.trial_end,
    status: subscription.status,
  };
  const changed = change(world, subscriptions, subscription.id, begun);
  const billed = billNow(world, changed, true);
  const invoice = world.tables.invoices.get(billed.latest_invoice ?? '');
  if (invoice?.status === 'open' && paymentOf(world, invoice.id)) {
    world.resuming.set(invoice.id, subscription.id);
    return billed;
  }
  return resumed(world, billed.id);
}
