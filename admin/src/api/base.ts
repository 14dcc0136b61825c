import { adminApi } from '@strapi/strapi/admin';

/**
 * Strapi's own store and cache, as its content-releases uses them: no second data layer. Endpoint
 * names are shared by every plugin of the admin, so ours all end in `Membership…`.
 */
export const membershipsApi = adminApi.enhanceEndpoints({
  addTagTypes: [
    'MembershipGate',
    'MembershipMember',
    'MembershipTier',
    'MembershipChurn',
    'MembershipStatus',
    'MembershipHealth',
    'MembershipEndpoint',
    'MembershipInbox',
    'MembershipReconcile',
  ],
});
