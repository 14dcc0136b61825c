import { HIDDEN_UID } from '../constants';

/** Hidden models, as those of `models.ts`, of what keeps the site and Stripe in agreement. */

const required = { column: { notNullable: true } };

export const paceModel = {
  uid: HIDDEN_UID.pace,
  singularName: 'memberships-pace',
  tableName: 'memberships_paces',
  attributes: {
    id: { type: 'increments' },
    name: { type: 'string', ...required },
    nextAt: { type: 'biginteger', ...required },
    pausedUntil: { type: 'biginteger', ...required },
    strikes: { type: 'integer', default: 0 },
  },
  indexes: [{ name: 'memberships_paces_name_uq', type: 'unique', columns: ['name'] }],
};

export const cursorModel = {
  uid: HIDDEN_UID.cursor,
  singularName: 'memberships-cursor',
  tableName: 'memberships_cursors',
  attributes: {
    id: { type: 'increments' },
    account: { type: 'string', ...required },
    livemode: { type: 'boolean', ...required },
    upTo: { type: 'datetime' },
    polledAt: { type: 'datetime' },
    found: { type: 'integer', default: 0 },
  },
  indexes: [
    { name: 'memberships_cursors_scope_uq', type: 'unique', columns: ['account', 'livemode'] },
  ],
};

export const runModel = {
  uid: HIDDEN_UID.run,
  singularName: 'memberships-run',
  tableName: 'memberships_runs',
  attributes: {
    id: { type: 'increments' },
    account: { type: 'string', ...required },
    livemode: { type: 'boolean', ...required },
    trigger: { type: 'string', ...required },
    repairs: { type: 'boolean', ...required },
    status: { type: 'string', ...required },
    phase: { type: 'string' },
    position: { type: 'string' },
    doneInPhase: { type: 'integer', default: 0 },
    done: { type: 'integer', default: 0 },
    differences: { type: 'integer', default: 0 },
    queued: { type: 'integer', default: 0 },
    startedAt: { type: 'datetime' },
    progressAt: { type: 'datetime' },
    finishedAt: { type: 'datetime' },
    startedBy: { type: 'string' },
    error: { type: 'text' },
  },
  indexes: [
    {
      name: 'memberships_runs_scope_idx',
      columns: ['account', 'livemode', 'status'],
    },
  ],
};

export const driftModel = {
  uid: HIDDEN_UID.drift,
  singularName: 'memberships-drift',
  tableName: 'memberships_drifts',
  attributes: {
    id: { type: 'increments' },
    run: { type: 'integer', ...required },
    key: { type: 'string', ...required },
    kind: { type: 'string', ...required },
    fields: { type: 'json' },
    more: { type: 'integer', default: 0 },
    status: { type: 'string', ...required },
  },
  indexes: [{ name: 'memberships_drifts_key_uq', type: 'unique', columns: ['run', 'key'] }],
};
