/** What a member holds; it unlocks content. One row per tier: translations are JSON, rows per locale would break the unique ids. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_tiers',
  info: {
    singularName: 'tier',
    pluralName: 'tiers',
    displayName: 'Tier',
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
      name: 'memberships_tiers_slug_uq',
      columns: ['slug'],
      type: 'unique',
    },
    {
      name: 'memberships_tiers_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    {
      name: 'memberships_tiers_rank_idx',
      columns: ['archived_at', 'rank'],
    },
  ],
  attributes: {
    name: {
      type: 'string',
      required: true,
    },
    slug: {
      type: 'string',
    },
    description: {
      type: 'text',
    },
    benefits: {
      type: 'json',
    },
    translations: {
      type: 'json',
    },
    kind: {
      type: 'enumeration',
      enum: ['free', 'paid'],
      default: 'paid',
      required: true,
    },
    rank: {
      type: 'integer',
      default: 0,
    },
    includes: {
      type: 'relation',
      relation: 'manyToMany',
      target: 'plugin::memberships.tier',
    },
    archivedAt: {
      type: 'datetime',
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
