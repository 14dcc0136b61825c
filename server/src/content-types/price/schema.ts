/** How a tier is sold; mirrors a Stripe Price. `amount` in minor units; `interval` null for a one-time price. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_prices',
  info: {
    singularName: 'price',
    pluralName: 'prices',
    displayName: 'Price',
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
      name: 'memberships_prices_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    {
      name: 'memberships_prices_tier_idx',
      columns: ['tier_id', 'active'],
    },
  ],
  attributes: {
    tier: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.tier',
      useJoinTable: false,
    },
    amount: {
      type: 'biginteger',
      required: true,
    },
    currency: {
      type: 'string',
      required: true,
    },
    interval: {
      type: 'enumeration',
      enum: ['day', 'week', 'month', 'year'],
    },
    intervalCount: {
      type: 'integer',
      default: 1,
    },
    trialDays: {
      type: 'integer',
      default: 0,
    },
    active: {
      type: 'boolean',
      default: true,
    },
    nickname: {
      type: 'string',
    },
    metadata: {
      type: 'json',
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
    syncedHash: {
      type: 'string',
      private: true,
    },
    syncedAt: {
      type: 'datetime',
    },
    syncError: {
      type: 'text',
    },
  },
} as const;
