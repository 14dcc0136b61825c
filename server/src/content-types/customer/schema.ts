/** A Stripe customer of a member: one current per Stripe account and mode. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_customers',
  info: {
    singularName: 'customer',
    pluralName: 'customers',
    displayName: 'Customer',
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
      name: 'memberships_customers_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    {
      name: 'memberships_customers_member_idx',
      columns: ['member_id', 'current'],
    },
  ],
  attributes: {
    member: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.member',
      useJoinTable: false,
    },
    current: {
      type: 'boolean',
      default: true,
    },
    deleted: {
      type: 'boolean',
      default: false,
    },
    email: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    cardBrand: {
      type: 'string',
    },
    cardLast4: {
      type: 'string',
    },
    cardExpMonth: {
      type: 'integer',
    },
    cardExpYear: {
      type: 'integer',
    },
    defaultPaymentMethod: {
      type: 'string',
      private: true,
    },
    discount: {
      type: 'string',
      private: true,
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
    // The last comparison with Stripe that met it there.
    seenBy: {
      type: 'integer',
      private: true,
      pluginOptions: { 'content-manager': { visible: false } },
    },
  },
} as const;
