/**
 * The server's ADMIN_ACTIONS, said again because the admin never imports server code. Arrays,
 * and constant ones: `useRBAC` compares them on every render.
 */
const permission = (action: string) => [{ action: `plugin::memberships.${action}`, subject: null }];

export const PERMISSIONS = {
  membersRead: permission('members.read'),
  membersUpdate: permission('members.update'),
  tiersRead: permission('tiers.read'),
  tiersUpdate: permission('tiers.update'),
  churnRead: permission('churn.read'),
  healthRead: permission('health.read'),
  healthUpdate: permission('health.update'),
  gateRead: permission('gate.read'),
  rulesRead: permission('rules.read'),
  rulesUpdate: permission('rules.update'),
};

/** Any of these opens the menu entry; each page then checks its own. */
export const ANY_PAGE = [
  ...PERMISSIONS.membersRead,
  ...PERMISSIONS.tiersRead,
  ...PERMISSIONS.churnRead,
  ...PERMISSIONS.healthRead,
];
