import { change, emit } from '../events/record';
import type { Subscription } from '../types';
import type { World } from '../world';
import { finalizeInvoice, invoiceNow, voidInvoice } from './invoices';
import { collect, settle } from './collect';
import { draftNow } from './update-subscription';

const life = 23 * 3600;

/**
 * `payment_behavior: pending_if_incomplete`: the change is made only once it is paid. An attempt
 * that fails leaves it pending for 23 hours.
 * https://docs.stripe.com/billing/subscriptions/pending-updates
 */
export function updateWhenPaid(
  world: World,
  was: Subscription,
  after: Subscription,
  restarted: boolean
): Subscription {
  const { subscriptions } = world.tables;
  const id = draftNow(world, after, restarted);
  if (!id) return change(world, subscriptions, was.id, after, 'customer.subscription.updated');
  change(world, subscriptions, was.id, { latest_invoice: id });
  finalizeInvoice(world, id);
  world.pendingUpdates.set(was.id, { invoice: id, after });
  if (invoiceNow(world, id).amount_due === 0) settle(world, id);
  else collect(world, id, undefined, { spares: true });
  if (invoiceNow(world, id).status === 'paid') return subscriptions.get(was.id) ?? was;
  const items = after.items.data;
  return change(
    world,
    subscriptions,
    was.id,
    {
      pending_update: {
        billing_cycle_anchor: restarted ? after.billing_cycle_anchor : null,
        cancel_at_period_end: null,
        discount: null,
        discounts: null,
        expires_at: world.now(was.test_clock) + life,
        metadata: null,
        subscription_items: items,
        trial_end: after.trial_end === was.trial_end ? null : after.trial_end,
        trial_from_plan: null,
      },
    },
    'customer.subscription.updated'
  );
}

/** Nobody paid in time: the subscription stays as it was, the invoice is voided. */
export function expireUpdate(world: World, subscription: Subscription): void {
  const pending = world.pendingUpdates.get(subscription.id);
  world.pendingUpdates.delete(subscription.id);
  if (pending && invoiceNow(world, pending.invoice).status === 'open') {
    voidInvoice(world, pending.invoice);
  }
  const after = change(
    world,
    world.tables.subscriptions,
    subscription.id,
    { pending_update: null },
    'customer.subscription.updated'
  );
  emit(world, 'customer.subscription.pending_update_expired', after);
}
