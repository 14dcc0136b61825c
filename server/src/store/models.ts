import { HIDDEN_UID } from '../constants';

/**
 * Models added with `strapi.get('models').add`, so that the Content Manager, GraphQL and transfers
 * never see them (as Strapi's own upload plugin does for its job table).
 */
export const inboxModel = {
  uid: HIDDEN_UID.inbox,
  singularName: 'memberships-inbox',
  tableName: 'memberships_inbox',
  attributes: {
    id: { type: 'increments' },
    stripeId: { type: 'string', column: { notNullable: true } },
    account: { type: 'string', column: { notNullable: true } },
    livemode: { type: 'boolean', column: { notNullable: true } },
    type: { type: 'string', column: { notNullable: true } },
    key: { type: 'string' },
    status: { type: 'string', column: { notNullable: true } },
    attempts: { type: 'integer', default: 0 },
    availableAt: { type: 'datetime' },
    receivedAt: { type: 'datetime' },
    processedAt: { type: 'datetime' },
    error: { type: 'text' },
    polled: { type: 'boolean', default: false },
  },
  indexes: [
    {
      name: 'memberships_inbox_stripe_uq',
      type: 'unique',
      columns: ['stripe_id', 'account', 'livemode'],
    },
    { name: 'memberships_inbox_due_idx', columns: ['status', 'available_at'] },
    { name: 'memberships_inbox_key_idx', columns: ['key', 'status'] },
  ],
};

export const lockModel = {
  uid: HIDDEN_UID.lock,
  singularName: 'memberships-lock',
  tableName: 'memberships_locks',
  attributes: {
    id: { type: 'increments' },
    name: { type: 'string', column: { notNullable: true } },
    owner: { type: 'string' },
    token: { type: 'integer', default: 0 },
    leaseUntil: { type: 'datetime' },
  },
  indexes: [{ name: 'memberships_locks_name_uq', type: 'unique', columns: ['name'] }],
};
