import type {
  AdminTierResponse,
  AdminTiersResponse,
  PriceInput,
  PriceUpdate,
  TierInput,
} from '../../../contracts';
import { membershipsApi } from './base';

const tierUrl = (documentId: string, action = '') =>
  `/memberships/tiers/${encodeURIComponent(documentId)}${action}`;

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipTiers: build.query<AdminTiersResponse, void>({
      query: () => '/memberships/tiers',
      providesTags: ['MembershipTier'],
    }),
    createMembershipTier: build.mutation<AdminTierResponse, TierInput>({
      query: (data) => ({ url: '/memberships/tiers', method: 'POST', data }),
      invalidatesTags: (_result, error) => (error ? [] : ['MembershipTier']),
    }),
    updateMembershipTier: build.mutation<
      AdminTierResponse,
      { documentId: string; input: Partial<TierInput> }
    >({
      query: ({ documentId, input }) => ({ url: tierUrl(documentId), method: 'PUT', data: input }),
      invalidatesTags: (_result, error) => (error ? [] : ['MembershipTier', 'MembershipMember']),
    }),
    /** The list moves at once and goes back if the server refuses. */
    orderMembershipTiers: build.mutation<unknown, string[]>({
      query: (documentIds) => ({
        url: '/memberships/tiers/order',
        method: 'PUT',
        data: { documentIds },
      }),
      onQueryStarted: async (documentIds, { dispatch, queryFulfilled }) => {
        const patch = dispatch(
          endpoints.util.updateQueryData('getMembershipTiers', undefined, ({ data }) => {
            data.sort(
              (a, b) => documentIds.indexOf(a.documentId) - documentIds.indexOf(b.documentId)
            );
          })
        );
        await queryFulfilled.catch(() => patch.undo());
      },
      invalidatesTags: ['MembershipTier'],
    }),
    archiveMembershipTier: build.mutation<AdminTierResponse, string>({
      query: (documentId) => ({ url: tierUrl(documentId, '/archive'), method: 'POST' }),
      invalidatesTags: ['MembershipTier'],
    }),
    restoreMembershipTier: build.mutation<AdminTierResponse, string>({
      query: (documentId) => ({ url: tierUrl(documentId, '/restore'), method: 'POST' }),
      invalidatesTags: ['MembershipTier'],
    }),
    deleteMembershipTier: build.mutation<unknown, string>({
      query: (documentId) => ({ url: tierUrl(documentId), method: 'DELETE' }),
      invalidatesTags: ['MembershipTier'],
    }),
    syncMembershipTier: build.mutation<AdminTierResponse, string>({
      query: (documentId) => ({ url: tierUrl(documentId, '/sync'), method: 'POST' }),
      // A failed try changes the error that is shown.
      invalidatesTags: ['MembershipTier'],
    }),
    addMembershipPrice: build.mutation<unknown, { tier: string; input: PriceInput }>({
      query: ({ tier, input }) => ({ url: tierUrl(tier, '/prices'), method: 'POST', data: input }),
      invalidatesTags: (_result, error) => (error ? [] : ['MembershipTier']),
    }),
    updateMembershipPrice: build.mutation<unknown, { documentId: string; input: PriceUpdate }>({
      query: ({ documentId, input }) => ({
        url: `/memberships/prices/${encodeURIComponent(documentId)}`,
        method: 'PUT',
        data: input,
      }),
      invalidatesTags: ['MembershipTier'],
    }),
  }),
});

export const {
  useGetMembershipTiersQuery,
  useCreateMembershipTierMutation,
  useUpdateMembershipTierMutation,
  useOrderMembershipTiersMutation,
  useArchiveMembershipTierMutation,
  useRestoreMembershipTierMutation,
  useDeleteMembershipTierMutation,
  useSyncMembershipTierMutation,
  useAddMembershipPriceMutation,
  useUpdateMembershipPriceMutation,
} = endpoints;
