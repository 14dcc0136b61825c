/** A person with at most one users-permissions user. */
export const schema = {
  kind: 'collectionType',
  collectionName: 'memberships_members',
  info: {
    singularName: 'member',
    pluralName: 'members',
    displayName: 'Member',
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
      name: 'memberships_members_user_uq',
      columns: ['user_id'],
      type: 'unique',
    },
    {
      name: 'memberships_members_email_idx',
      columns: ['email'],
    },
    {
      name: 'memberships_members_joined_idx',
      columns: ['joined_at'],
    },
  ],
  attributes: {
    user: {
      type: 'relation',
      relation: 'oneToOne',
      target: 'plugin::users-permissions.user',
      useJoinTable: false,
    },
    email: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    joinedAt: {
      type: 'datetime',
    },
    suspendedAt: {
      type: 'datetime',
    },
    claimTokenHash: {
      type: 'string',
      private: true,
    },
    claimExpiresAt: {
      type: 'datetime',
    },
  },
} as const;
