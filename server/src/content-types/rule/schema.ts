/** What one document asks for, keyed by document: one rule for every locale and version. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_rules',
  info: {
    singularName: 'rule',
    pluralName: 'rules',
    displayName: 'Access rule',
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
      name: 'memberships_rules_target_uq',
      columns: ['target_uid', 'target_document_id'],
      type: 'unique',
    },
  ],
  attributes: {
    targetUid: {
      type: 'string',
      required: true,
    },
    targetDocumentId: {
      type: 'string',
      required: true,
    },
    visibility: {
      type: 'enumeration',
      enum: ['public', 'members', 'paid', 'tiers'],
      default: 'public',
      required: true,
    },
    tiers: {
      type: 'relation',
      relation: 'manyToMany',
      target: 'plugin::memberships.tier',
    },
    opensAt: {
      type: 'datetime',
    },
    dripDays: {
      type: 'integer',
    },
  },
} as const;
