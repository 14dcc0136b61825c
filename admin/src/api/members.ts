import type {
  GrantInput,
  GrantResponse,
  MemberInput,
  MemberResponse,
  MembersResponse,
} from '../../../contracts';
import { membershipsApi } from './base';

export interface MembersQuery {
  page?: string;
  pageSize?: string;
  _q?: string;
  /** documentId. */
  tier?: string;
  status?: string;
  /** `joinedAt:desc`. */
  sort?: string;
}

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipMembers: build.query<MembersResponse, MembersQuery>({
      // Encoded here: Strapi's fetch client writes `params` as they are, and a search may hold a `&`.
      query: (params) => `/memberships/members?${new URLSearchParams({ ...params })}`,
      providesTags: [{ type: 'MembershipMember', id: 'LIST' }],
    }),
    getMembershipMember: build.query<MemberResponse, string>({
      query: (documentId) => `/memberships/members/${encodeURIComponent(documentId)}`,
      providesTags: (_result, _error, id) => [{ type: 'MembershipMember', id }],
    }),
    createMembershipMember: build.mutation<MemberResponse, MemberInput>({
      query: (data) => ({ url: '/memberships/members', method: 'POST', data }),
      invalidatesTags: (_result, error) =>
        error ? [] : [{ type: 'MembershipMember', id: 'LIST' }],
    }),
    giveMembershipGrant: build.mutation<GrantResponse, { member: string; input: GrantInput }>({
      query: ({ member, input }) => ({
        url: `/memberships/members/${encodeURIComponent(member)}/grants`,
        method: 'POST',
        data: input,
      }),
      invalidatesTags: (_result, error) => (error ? [] : ['MembershipMember', 'MembershipTier']),
    }),
    endMembershipGrant: build.mutation<GrantResponse, { member: string; grant: string }>({
      query: ({ member, grant }) => ({
        url: `/memberships/members/${encodeURIComponent(member)}/grants/${encodeURIComponent(grant)}`,
        method: 'DELETE',
      }),
      // Also on an error: the commonest one is that the grant has ended meanwhile.
      invalidatesTags: ['MembershipMember', 'MembershipTier'],
    }),
  }),
});

export const {
  useGetMembershipMembersQuery,
  useGetMembershipMemberQuery,
  useCreateMembershipMemberMutation,
  useGiveMembershipGrantMutation,
  useEndMembershipGrantMutation,
} = endpoints;
