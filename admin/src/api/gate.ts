import type { GateCheckResponse, GateResponse } from '../../../contracts';
import { membershipsApi } from './base';

const endpoints = membershipsApi.injectEndpoints({
  endpoints: (build) => ({
    getMembershipGate: build.query<GateResponse, void>({
      query: () => '/memberships/gate',
      providesTags: ['MembershipGate'],
    }),
    checkMembershipGate: build.mutation<GateCheckResponse, void>({
      query: () => ({ url: '/memberships/gate/check', method: 'POST' }),
    }),
  }),
});

export const { useGetMembershipGateQuery, useCheckMembershipGateMutation } = endpoints;
