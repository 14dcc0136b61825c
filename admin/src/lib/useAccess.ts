import { useRBAC } from '@strapi/strapi/admin';

import { PERMISSIONS } from '../permissions';

/** One call per permission: `useRBAC` names its answers by the last word, and ours share them. */
export const useAccess = () => {
  const members = useRBAC(PERMISSIONS.membersRead);
  const tiers = useRBAC(PERMISSIONS.tiersRead);
  const churn = useRBAC(PERMISSIONS.churnRead);
  return {
    isLoading: members.isLoading || tiers.isLoading || churn.isLoading,
    members: members.allowedActions.canRead === true,
    tiers: tiers.allowedActions.canRead === true,
    churn: churn.allowedActions.canRead === true,
  };
};

export type Access = ReturnType<typeof useAccess>;

export const useCanUpdateMembers = () =>
  useRBAC(PERMISSIONS.membersUpdate).allowedActions.canUpdate === true;

export const useCanUpdateTiers = () =>
  useRBAC(PERMISSIONS.tiersUpdate).allowedActions.canUpdate === true;
