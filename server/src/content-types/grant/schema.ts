/** Why a member holds a tier, from when, until when. Access is computed from grants and nothing else. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_grants',
  info: {
    singularName: 'grant',
    pluralName: 'grants',
    displayName: 'Grant',
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
      name: 'memberships_grants_member_idx',
      columns: ['member_id', 'ends_at'],
    },
    {
      name: 'memberships_grants_tier_idx',
      columns: ['tier_id', 'ends_at'],
    },
    {
      name: 'memberships_grants_subscription_idx',
      columns: ['subscription_id'],
    },
    {
      name: 'memberships_grants_reference_uq',
      columns: ['reference'],
      type: 'unique',
    },
  ],
  attributes: {
    member: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.member',
      useJoinTable: false,
    },
    tier: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.tier',
      useJoinTable: false,
    },
    source: {
      type: 'enumeration',
      enum: ['subscription', 'purchase', 'complimentary', 'gift', 'team', 'import', 'registration'],
      required: true,
    },
    subscription: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.subscription',
      useJoinTable: false,
    },
    startsAt: {
      type: 'datetime',
    },
    endsAt: {
      type: 'datetime',
    },
    revokedAt: {
      type: 'datetime',
    },
    revokedReason: {
      type: 'string',
    },
    reference: {
      type: 'string',
    },
  },
} as const;
