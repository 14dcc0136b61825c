import type Stripe from 'stripe';
import { noCancellation } from '../engine/cancel';
import { periodEnd } from '../engine/due';
import { endTrial } from '../engine/update-subscription';
import { itemList } from '../engine/subscribe';
import { invalid } from '../http/errors';
import type { Stored, Subscription } from '../types';
import { need, type World } from '../world';
import { metadata, text } from './fields';
import { termsOf } from './subscription-terms';

type Given = Stored<Stripe.SubscriptionUpdateParams>;

/** Everything an update asks for but its items. */
export function applyChanges(world: World, was: Subscription, given: Given): Subscription {
  const method = given.default_payment_method;
  if (method) need(world, (tables) => tables.paymentMethods, method, 'default_payment_method');
  const changed: Subscription = {
    ...was,
    default_payment_method: text(method, was.default_payment_method),
    description: text(given.description, was.description),
    metadata: metadata(given.metadata, was.metadata),
    pause_collection: pauseCollection(was, given),
    trial_settings: trialSettings(was, given),
    ...termsOf(world, was, given),
  };
  return cancellation(world, trial(world, changed, given), given);
}

function pauseCollection(was: Subscription, given: Given): Subscription['pause_collection'] {
  if (given.pause_collection === undefined) return was.pause_collection;
  if (!given.pause_collection) return null;
  const { behavior, resumes_at } = given.pause_collection;
  return { behavior, resumes_at: resumes_at ?? null };
}

function trialSettings(was: Subscription, given: Given): Subscription['trial_settings'] {
  const behavior = given.trial_settings?.end_behavior?.missing_payment_method;
  if (!behavior) return was.trial_settings;
  return { end_behavior: { billing_cycle_anchor: null, missing_payment_method: behavior } };
}

function trial(world: World, was: Subscription, given: Given): Subscription {
  if (given.trial_end === undefined) return was;
  if (given.trial_end === 'now') return was.status === 'trialing' ? endTrial(world, was) : was;
  if (typeof given.trial_end !== 'number') return was;
  const end = given.trial_end;
  const now = world.now(was.test_clock);
  if (end <= now) {
    throw invalid(
      'Invalid timestamp: must be an integer Unix timestamp in the future.',
      'trial_end'
    );
  }
  const items = was.items.data.map((item) => ({ ...item, current_period_end: end }));
  return {
    ...was,
    status: 'trialing',
    trial_start: was.trial_start ?? now,
    trial_end: end,
    billing_cycle_anchor: end,
    items: itemList(was.id, items),
  };
}

/** `cancel_at_period_end` also shows the moment in `cancel_at`, as Stripe does. */
function cancellation(world: World, was: Subscription, given: Given): Subscription {
  const details = given.cancellation_details;
  const said = {
    ...(was.cancellation_details ?? noCancellation),
    ...(details?.comment === undefined ? {} : { comment: details.comment || null }),
    ...(details?.feedback === undefined ? {} : { feedback: details.feedback || null }),
  };
  const at = cancelAt(was, given);
  if (at === undefined) return { ...was, cancellation_details: said };
  if (at === null) {
    return {
      ...was,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: { ...said, reason: null },
    };
  }
  return {
    ...was,
    cancel_at: at,
    cancel_at_period_end: given.cancel_at_period_end ?? false,
    canceled_at: world.now(was.test_clock),
    cancellation_details: { ...said, reason: 'cancellation_requested' },
  };
}

/** When it is to end; `null` for not at all, `undefined` when the call does not say. */
function cancelAt(was: Subscription, given: Given): number | null | undefined {
  if (given.cancel_at_period_end !== undefined) {
    return given.cancel_at_period_end ? periodEnd(was) : null;
  }
  if (given.cancel_at === undefined) return undefined;
  if (given.cancel_at === null || given.cancel_at === '') return null;
  if (typeof given.cancel_at === 'number') return given.cancel_at;
  const ends = was.items.data.map((item) => item.current_period_end);
  return given.cancel_at === 'max_period_end' ? Math.max(...ends) : Math.min(...ends);
}
