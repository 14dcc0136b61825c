/** One dated row of the revenue ledger, append-only. `mrrChange` in thousandths of a minor unit; `memberChange` is +1 when the member starts paying, -1 when they stop. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_movements',
  info: {
    singularName: 'movement',
    pluralName: 'movements',
    displayName: 'Movement',
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
      name: 'memberships_movements_key_uq',
      columns: ['key'],
      type: 'unique',
    },
    {
      name: 'memberships_movements_period_idx',
      columns: ['livemode', 'account', 'period', 'member_id'],
    },
    {
      name: 'memberships_movements_member_idx',
      columns: ['member_id', 'occurred_at'],
    },
  ],
  attributes: {
    key: {
      type: 'string',
      required: true,
    },
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
    subscription: {
      type: 'relation',
      relation: 'manyToOne',
      target: 'plugin::memberships.subscription',
      useJoinTable: false,
    },
    kind: {
      type: 'enumeration',
      enum: ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'transfer', 'adjustment'],
      required: true,
    },
    occurredAt: {
      type: 'datetime',
    },
    period: {
      type: 'string',
      required: true,
    },
    currency: {
      type: 'string',
      required: true,
    },
    mrrChange: {
      type: 'biginteger',
    },
    memberChange: {
      type: 'integer',
      default: 0,
    },
    reason: {
      type: 'string',
    },
    account: {
      type: 'string',
    },
    livemode: {
      type: 'boolean',
    },
  },
} as const;
