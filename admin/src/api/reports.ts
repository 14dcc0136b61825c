import type { ChurnResponse, StatusResponse } from '../../../contracts';
import { membershipsApi } from './base';

/** Months as `YYYY-MM`, both inclusive. */
export interface ChurnQuery {
  from: string;
  to: string;
}

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipStatus: build.query<StatusResponse, void>({
      query: () => '/memberships/status',
      providesTags: ['MembershipStatus'],
    }),
    getMembershipChurn: build.query<ChurnResponse, ChurnQuery>({
      query: (params) => ({ url: '/memberships/churn', config: { params } }),
      providesTags: ['MembershipChurn'],
    }),
  }),
});

export const { useGetMembershipStatusQuery, useGetMembershipChurnQuery } = endpoints;
