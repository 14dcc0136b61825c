import { change, emit } from '../events/record';
import type { Subscription } from '../types';
import type { World } from '../world';

/** An update that waits for its payment. */
export interface PendingUpdate {
  invoice: string;
  after: Subscription;
}

/** What waited for an invoice to be paid: a change that was pending, a resumption. */
export function afterPayment(world: World, subscription: Subscription, invoice: string): void {
  applyUpdate(world, subscription, invoice);
  if (world.resuming.get(invoice) !== subscription.id) return;
  world.resuming.delete(invoice);
  resumed(world, subscription.id);
}

/** `active` again after a pause. */
export function resumed(world: World, id: string): Subscription {
  const changed = change(
    world,
    world.tables.subscriptions,
    id,
    { status: 'active' },
    'customer.subscription.updated'
  );
  emit(world, 'customer.subscription.resumed', changed);
  return changed;
}

/** The invoice of a pending update is paid: the change is made. */
function applyUpdate(world: World, subscription: Subscription, invoice: string): void {
  const pending = world.pendingUpdates.get(subscription.id);
  if (pending?.invoice !== invoice) return;
  world.pendingUpdates.delete(subscription.id);
  const { items, billing_cycle_anchor, trial_end } = pending.after;
  const waited = subscription.pending_update !== null;
  const after = change(
    world,
    world.tables.subscriptions,
    subscription.id,
    {
      items,
      billing_cycle_anchor,
      trial_end,
      pending_update: null,
    },
    'customer.subscription.updated'
  );
  if (waited) emit(world, 'customer.subscription.pending_update_applied', after);
}
