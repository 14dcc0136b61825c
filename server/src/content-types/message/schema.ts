/** One e-mail under a unique key, so that it can never go out twice. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_messages',
  info: {
    singularName: 'message',
    pluralName: 'messages',
    displayName: 'Message',
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
      name: 'memberships_messages_key_uq',
      columns: ['key'],
      type: 'unique',
    },
    {
      name: 'memberships_messages_status_idx',
      columns: ['status', 'available_at'],
    },
    {
      name: 'memberships_messages_member_idx',
      columns: ['member_id'],
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
    template: {
      type: 'string',
      required: true,
    },
    to: {
      type: 'string',
      required: true,
    },
    locale: {
      type: 'string',
    },
    params: {
      type: 'json',
    },
    status: {
      type: 'enumeration',
      enum: ['planned', 'sent', 'failed', 'skipped'],
      default: 'planned',
      required: true,
    },
    attempts: {
      type: 'integer',
      default: 0,
    },
    availableAt: {
      type: 'datetime',
    },
    sentAt: {
      type: 'datetime',
    },
    error: {
      type: 'text',
    },
  },
} as const;
