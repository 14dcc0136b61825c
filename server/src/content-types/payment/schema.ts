/**
 * The local mirror of an invoice, its attempts and what became of the money; of a payment intent where
 * a purchase has no invoice. Amounts in minor units.
 */
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
    {
      name: 'memberships_payments_intent_idx',
      columns: ['payment_intent'],
    },
    {
      name: 'memberships_payments_dispute_idx',
      columns: ['dispute_status', 'evidence_due_by'],
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
    checkoutSession: {
      type: 'string',
    },
    paymentIntent: {
      type: 'string',
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
    dueDate: {
      type: 'datetime',
    },
    created: {
      type: 'datetime',
    },
    paidAt: {
      type: 'datetime',
    },
    paidOutOfBand: {
      type: 'boolean',
      default: false,
    },
    intentStatus: {
      type: 'string',
    },
    failureCode: {
      type: 'string',
    },
    hostedInvoiceUrl: {
      type: 'text',
    },
    amountRefunded: {
      type: 'biginteger',
    },
    disputeStatus: {
      type: 'string',
    },
    disputeReason: {
      type: 'string',
    },
    evidenceDueBy: {
      type: 'datetime',
    },
    fraudWarningAt: {
      type: 'datetime',
    },
    charges: {
      type: 'json',
    },
  },
} as const;
