import type Stripe from 'stripe';
import type { PortalConfiguration, Stored } from '../types';

type Given = Stored<Stripe.BillingPortal.ConfigurationUpdateParams>['features'];
export type Features = PortalConfiguration['features'];

const nothing: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: {
      enabled: true,
      feedback_options: null,
      options: ['too_expensive', 'missing_features', 'switched_service', 'unused', 'other'],
    },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: {
    duration: { interval_options: [], type: 'indefinite' },
    enabled: false,
  },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

/** What a portal lets its visitors do: what was, with what the call changes. */
export function featuresOf(given: Given, was: Features = nothing): Features {
  const {
    customer_update: customer,
    subscription_cancel: cancel,
    subscription_update: update,
  } = given ?? {};
  const products = update?.products;
  return {
    customer_update: {
      allowed_updates: customer?.allowed_updates || was.customer_update.allowed_updates,
      enabled: customer?.enabled ?? was.customer_update.enabled,
    },
    invoice_history: { enabled: given?.invoice_history?.enabled ?? was.invoice_history.enabled },
    payment_method_update: {
      ...was.payment_method_update,
      enabled: given?.payment_method_update?.enabled ?? was.payment_method_update.enabled,
    },
    subscription_cancel: {
      cancellation_reason: {
        ...was.subscription_cancel.cancellation_reason,
        enabled:
          cancel?.cancellation_reason?.enabled ??
          was.subscription_cancel.cancellation_reason.enabled,
        options:
          cancel?.cancellation_reason?.options ||
          was.subscription_cancel.cancellation_reason.options,
      },
      enabled: cancel?.enabled ?? was.subscription_cancel.enabled,
      mode: cancel?.mode ?? was.subscription_cancel.mode,
      proration_behavior: cancel?.proration_behavior ?? was.subscription_cancel.proration_behavior,
    },
    subscription_pause: was.subscription_pause,
    subscription_update: {
      ...was.subscription_update,
      billing_cycle_anchor:
        update?.billing_cycle_anchor ?? was.subscription_update.billing_cycle_anchor,
      default_allowed_updates:
        update?.default_allowed_updates || was.subscription_update.default_allowed_updates,
      enabled: update?.enabled ?? was.subscription_update.enabled,
      ...(products
        ? {
            products: products.map(({ product, prices }) => ({
              adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
              prices,
              product,
            })),
          }
        : {}),
      proration_behavior: update?.proration_behavior ?? was.subscription_update.proration_behavior,
    },
  };
}
