import type { ChurnResponse, StatusResponse } from '../../../contracts';
import type { MonthRange } from '../lib/periods';
import { membershipsApi } from './base';

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipStatus: build.query<StatusResponse, void>({
      query: () => '/memberships/status',
      providesTags: ['MembershipStatus'],
    }),
    getMembershipChurn: build.query<ChurnResponse, MonthRange | void>({
      // Without a range: the last 12 months by the server's clock, in its time zone.
      query: (range) =>
        range ? `/memberships/churn?from=${range.from}&to=${range.to}` : '/memberships/churn',
      providesTags: ['MembershipChurn'],
    }),
  }),
});

export const { useGetMembershipStatusQuery, useGetMembershipChurnQuery } = endpoints;
