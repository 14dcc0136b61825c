import type { ChurnResponse, StatusResponse } from '../../../contracts';
import type { MonthRange } from '../lib/periods';
import { membershipsApi } from './base';

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipStatus: build.query<StatusResponse, void>({
      query: () => '/memberships/status',
      providesTags: ['MembershipStatus'],
    }),
    getMembershipChurn: build.query<ChurnResponse, MonthRange>({
      query: (params) => ({ url: '/memberships/churn', config: { params } }),
      providesTags: ['MembershipChurn'],
    }),
  }),
});

export const { useGetMembershipStatusQuery, useGetMembershipChurnQuery } = endpoints;
