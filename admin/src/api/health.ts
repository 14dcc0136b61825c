import type {
  EndpointRepairResponse,
  EndpointResponse,
  HealthResponse,
  InboxResponse,
  ReconcileApply,
  ReconcileApplyResponse,
  ReconcileResponse,
  ReconcileStartResponse,
  RetryAllResponse,
  RetryResponse,
  SiteConfirmation,
  SiteResponse,
} from '../../../contracts';
import { membershipsApi } from './base';

export interface InboxQuery {
  page?: string;
  pageSize?: string;
  _q?: string;
  status?: string;
}

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipHealth: build.query<HealthResponse, void>({
      query: () => '/memberships/health',
      providesTags: ['MembershipHealth'],
    }),
    getMembershipEndpoint: build.query<EndpointResponse, void>({
      query: () => '/memberships/endpoint',
      providesTags: ['MembershipEndpoint'],
    }),
    repairMembershipEndpoint: build.mutation<EndpointRepairResponse, void>({
      query: () => ({ url: '/memberships/endpoint', method: 'POST' }),
      invalidatesTags: ['MembershipEndpoint', 'MembershipHealth'],
    }),
    getMembershipInbox: build.query<InboxResponse, InboxQuery>({
      query: (params) => `/memberships/inbox?${new URLSearchParams({ ...params })}`,
      providesTags: ['MembershipInbox'],
    }),
    retryMembershipDelivery: build.mutation<RetryResponse, number>({
      query: (id) => ({ url: `/memberships/inbox/${id}/retry`, method: 'POST' }),
      // Also on an error: the commonest one is that somebody else has done it meanwhile.
      invalidatesTags: ['MembershipInbox', 'MembershipHealth'],
    }),
    retryMembershipDeliveries: build.mutation<RetryAllResponse, void>({
      query: () => ({ url: '/memberships/inbox/retry', method: 'POST' }),
      invalidatesTags: ['MembershipInbox', 'MembershipHealth'],
    }),
    getMembershipReconcile: build.query<ReconcileResponse, { page: string }>({
      query: ({ page }) => `/memberships/reconcile?page=${encodeURIComponent(page)}&pageSize=25`,
      providesTags: ['MembershipReconcile'],
    }),
    startMembershipReconcile: build.mutation<ReconcileStartResponse, void>({
      query: () => ({ url: '/memberships/reconcile', method: 'POST' }),
      invalidatesTags: ['MembershipReconcile', 'MembershipHealth'],
    }),
    applyMembershipReconcile: build.mutation<
      ReconcileApplyResponse,
      { run: number; input: ReconcileApply }
    >({
      query: ({ run, input }) => ({
        url: `/memberships/reconcile/${run}/apply`,
        method: 'POST',
        data: input,
      }),
      invalidatesTags: ['MembershipReconcile', 'MembershipInbox', 'MembershipHealth'],
    }),
    confirmMembershipSite: build.mutation<SiteResponse, SiteConfirmation>({
      query: (data) => ({ url: '/memberships/site/confirm', method: 'POST', data }),
      invalidatesTags: ['MembershipHealth', 'MembershipStatus'],
    }),
  }),
});

export const {
  useGetMembershipHealthQuery,
  useGetMembershipEndpointQuery,
  useRepairMembershipEndpointMutation,
  useGetMembershipInboxQuery,
  useRetryMembershipDeliveryMutation,
  useRetryMembershipDeliveriesMutation,
  useGetMembershipReconcileQuery,
  useStartMembershipReconcileMutation,
  useApplyMembershipReconcileMutation,
  useConfirmMembershipSiteMutation,
} = endpoints;
