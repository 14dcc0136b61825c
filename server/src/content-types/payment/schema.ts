/** The local mirror of an invoice and its attempts. Amounts in minor units. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_payments',
  info: {
    singularName: 'payment',
    pluralName: 'payments',
    displayName: 'Payment',
  },
  options: {
    draftAndPublish: false,
  },
  pluginOptions: {
    'content-manager': {
      visible: false,
    },
    'content-type-builder': {
      visible: false,
    },
  },
  indexes: [
    {
      name: 'memberships_payments_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    {
      name: 'memberships_payments_member_idx',
      columns: ['member_id', 'created'],
    },
    {
      name: 'memberships_payments_subscription_idx',
      columns: ['subscription_id', 'created'],
    },
    {
      name: 'memberships_payments_status_idx',
      columns: ['status', 'next_payment_attempt'],
    },
  ],
  attributes: {
    member: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.member',
      useJoinTable: false,
    },
    subscription: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.subscription',
      useJoinTable: false,
    },
    stripeId: {
      type: 'string',
    },
    account: {
      type: 'string',
    },
    livemode: {
      type: 'boolean',
    },
    number: {
      type: 'string',
    },
    status: {
      type: 'string',
    },
    billingReason: {
      type: 'string',
    },
    currency: {
      type: 'string',
    },
    amountDue: {
      type: 'biginteger',
    },
    amountPaid: {
      type: 'biginteger',
    },
    amountRemaining: {
      type: 'biginteger',
    },
    attemptCount: {
      type: 'integer',
      default: 0,
    },
    nextPaymentAttempt: {
      type: 'datetime',
    },
    created: {
      type: 'datetime',
    },
    paidAt: {
      type: 'datetime',
    },
    hostedInvoiceUrl: {
      type: 'text',
    },
  },
} as const;
