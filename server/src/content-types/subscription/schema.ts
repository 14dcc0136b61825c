/** The local mirror of a Stripe subscription and its items. `mrr` in thousandths of a minor unit. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_subscriptions',
  info: {
    singularName: 'subscription',
    pluralName: 'subscriptions',
    displayName: 'Subscription',
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
      name: 'memberships_subscriptions_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    {
      name: 'memberships_subscriptions_member_idx',
      columns: ['member_id', 'status'],
    },
    {
      name: 'memberships_subscriptions_status_idx',
      columns: ['status', 'current_period_end'],
    },
  ],
  attributes: {
    member: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.member',
      useJoinTable: false,
    },
    customer: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.customer',
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
    status: {
      type: 'string',
    },
    currency: {
      type: 'string',
    },
    items: {
      type: 'json',
    },
    mrr: {
      type: 'biginteger',
    },
    startDate: {
      type: 'datetime',
    },
    currentPeriodStart: {
      type: 'datetime',
    },
    currentPeriodEnd: {
      type: 'datetime',
    },
    cancelAtPeriodEnd: {
      type: 'boolean',
      default: false,
    },
    cancelAt: {
      type: 'datetime',
    },
    canceledAt: {
      type: 'datetime',
    },
    endedAt: {
      type: 'datetime',
    },
    trialStart: {
      type: 'datetime',
    },
    trialEnd: {
      type: 'datetime',
    },
    pauseCollection: {
      type: 'json',
    },
    pendingChange: {
      type: 'json',
    },
    pastDueSince: {
      type: 'datetime',
    },
    paid: {
      type: 'boolean',
      default: false,
    },
    trialEndingFor: {
      type: 'datetime',
      private: true,
    },
    cancellationReason: {
      type: 'string',
    },
    cancellationFeedback: {
      type: 'string',
    },
    cancellationComment: {
      type: 'text',
    },
    // The last comparison with Stripe that met it there.
    seenBy: {
      type: 'integer',
      private: true,
      pluginOptions: { 'content-manager': { visible: false } },
    },
  },
} as const;
