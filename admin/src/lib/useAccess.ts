import { useRBAC } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../permissions';

/** One call per permission: `useRBAC` names its answers by the last word, and ours share them. */
export const useAccess = () => {
  const members = useRBAC(PERMISSIONS.membersRead);
  const tiers = useRBAC(PERMISSIONS.tiersRead);
  const churn = useRBAC(PERMISSIONS.churnRead);
  const health = useRBAC(PERMISSIONS.healthRead);
  return {
    isLoading: members.isLoading || tiers.isLoading || churn.isLoading || health.isLoading,
    members: members.allowedActions.canRead === true,
    tiers: tiers.allowedActions.canRead === true,
    churn: churn.allowedActions.canRead === true,
    health: health.allowedActions.canRead === true,
  };
};

export type Access = ReturnType<typeof useAccess>;

export const useCanUpdateMembers = () =>
  useRBAC(PERMISSIONS.membersUpdate).allowedActions.canUpdate === true;

export const useCanUpdateHealth = () =>
  useRBAC(PERMISSIONS.healthUpdate).allowedActions.canUpdate === true;

export const useCanUpdateTiers = () =>
  useRBAC(PERMISSIONS.tiersUpdate).allowedActions.canUpdate === true;
