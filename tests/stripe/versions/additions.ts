/**
 * Fields that Stripe has begun to send, by the version that did: an answer in an earlier one is
 * given as it was then. From the recordings and from one object of every kind of two generations.
 */
export const additions: { since: string; fields: Record<string, string[]> }[] = [
  {
    since: '2026-10-28.endive',
    fields: {
      charge: ['payment_method_details.card.electronic_commerce_indicator'],
      line_item: ['subscription'],
      payment_intent: ['allowed_payment_method_types', 'managed_payments', 'payment_record'],
      setup_intent: ['allowed_payment_method_types', 'managed_payments'],
      subscription: [
        'billing_schedules',
        'cancellation_details.feedback_option',
        'invoice_settings.custom_fields',
        'invoice_settings.description',
        'invoice_settings.footer',
        'managed_payments',
        'trial_settings.end_behavior.billing_cycle_anchor',
      ],
      subscription_item: ['current_trial'],
      subscription_schedule: ['pause_schedules'],
    },
  },
  {
    since: '2026-03-25.dahlia',
    fields: {
      charge: ['payment_method_details.card.transaction_link_id'],
      'checkout.session': ['customer_account', 'integration_identifier', 'managed_payments'],
      customer: ['customer_account'],
      discount: ['customer_account'],
      invoice: ['customer_account'],
      invoiceitem: ['customer_account', 'quantity_decimal'],
      line_item: ['quantity_decimal', 'subtotal'],
      payment_intent: [
        'customer_account',
        'payment_method_options.us_bank_account.transaction_purpose',
      ],
      payment_method: ['customer_account'],
      promotion_code: ['customer_account'],
      refund: ['customer', 'customer_account', 'payment_method'],
      setup_intent: ['customer_account'],
      subscription: ['customer_account'],
      subscription_schedule: ['customer_account'],
    },
  },
  {
    since: '2025-09-30.clover',
    fields: {
      payment_intent: [
        'excluded_payment_method_types',
        'next_action.use_stripe_sdk.three_ds_frontend_optimizations',
        'payment_details',
      ],
      setup_intent: ['excluded_payment_method_types'],
    },
  },
  {
    since: '2025-03-31.basil',
    fields: {
      customer: ['tax.provider'],
      invoice: ['amount_overpaid', 'automatic_tax.provider'],
      'checkout.session': [
        'collected_information',
        'origin_context',
        'permissions',
        'wallet_options',
      ],
      subscription: ['billing_mode'],
      subscription_schedule: ['billing_mode'],
    },
  },
];
