/** The plugin's id: its name in `config/plugins`, in uids and in `/api/memberships`. */
export const PLUGIN_ID = 'memberships';

/** Content types of the plugin (DESIGN: words of the field). */
export const UID = {
  tier: 'plugin::memberships.tier',
  price: 'plugin::memberships.price',
  offer: 'plugin::memberships.offer',
  member: 'plugin::memberships.member',
  customer: 'plugin::memberships.customer',
  grant: 'plugin::memberships.grant',
  rule: 'plugin::memberships.rule',
  subscription: 'plugin::memberships.subscription',
  payment: 'plugin::memberships.payment',
  movement: 'plugin::memberships.movement',
  message: 'plugin::memberships.message',
} as const;

/** Models nobody sees in the Content Manager, GraphQL or a transfer. */
export const HIDDEN_UID = {
  inbox: 'plugin::memberships.inbox',
  lock: 'plugin::memberships.lock',
  pace: 'plugin::memberships.pace',
  cursor: 'plugin::memberships.cursor',
  run: 'plugin::memberships.run',
  drift: 'plugin::memberships.drift',
} as const;

export const USER_UID = 'plugin::users-permissions.user';

/** The content-API action that lets staff roles and custom tokens read gated content. */
export const READ_ALL = 'plugin::memberships.content.readAll';

/** Admin permissions; each page and each admin route checks one of them. */
export const ADMIN_ACTIONS = {
  membersRead: 'plugin::memberships.members.read',
  membersUpdate: 'plugin::memberships.members.update',
  tiersRead: 'plugin::memberships.tiers.read',
  tiersUpdate: 'plugin::memberships.tiers.update',
  churnRead: 'plugin::memberships.churn.read',
  gateRead: 'plugin::memberships.gate.read',
  rulesRead: 'plugin::memberships.rules.read',
  rulesUpdate: 'plugin::memberships.rules.update',
  healthRead: 'plugin::memberships.health.read',
  healthUpdate: 'plugin::memberships.health.update',
} as const;

/** Stripe's API version every request asks for; the simulator and the types agree with it. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** Stripe's events are far smaller; a larger body is answered 413. */
export const WEBHOOK_MAX_BYTES = 1024 * 1024;
