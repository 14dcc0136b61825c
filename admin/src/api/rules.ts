import type {
  AudienceResponse,
  RuleChoicesResponse,
  RuleInput,
  RuleResponse,
} from '../../../contracts';
import { membershipsApi } from './base';

/** A document of any language and version. */
export interface RuleRef {
  uid: string;
  documentId: string;
}

const ruleUrl = ({ uid, documentId }: RuleRef) =>
  `/memberships/rules/${encodeURIComponent(uid)}/${encodeURIComponent(documentId)}`;

const audienceUrl = ({ visibility, tiers, opensAt, dripDays }: RuleInput) =>
  `/memberships/audience?${new URLSearchParams({
    visibility,
    ...(tiers && tiers.length > 0 ? { tiers: tiers.join(',') } : {}),
    ...(opensAt ? { opensAt } : {}),
    ...(dripDays ? { dripDays: String(dripDays) } : {}),
  })}`;

const api = membershipsApi.enhanceEndpoints({ addTagTypes: ['MembershipRule'] });

const endpoints = api.injectEndpoints({
  endpoints: (build) => ({
    getMembershipRuleChoices: build.query<RuleChoicesResponse, string>({
      query: (uid) => `/memberships/rules/${encodeURIComponent(uid)}`,
      providesTags: ['MembershipTier'],
    }),
    getMembershipRule: build.query<RuleResponse, RuleRef>({
      query: ruleUrl,
      providesTags: (_result, _error, { documentId }) => [
        { type: 'MembershipRule', id: documentId },
      ],
      // Another editor may have changed it since the panel was last open.
      keepUnusedDataFor: 0,
    }),
    saveMembershipRule: build.mutation<RuleResponse, RuleRef & { input: RuleInput | null }>({
      query: ({ input, ...ref }) =>
        input === null
          ? { url: ruleUrl(ref), method: 'DELETE' }
          : { url: ruleUrl(ref), method: 'PUT', data: input },
      // The answer is the rule: nothing to fetch again, nothing that flickers.
      onQueryStarted: async ({ uid, documentId }, { dispatch, queryFulfilled }) => {
        const saved = await queryFulfilled.catch(() => null);
        if (saved === null) return;
        await dispatch(
          endpoints.util.upsertQueryData('getMembershipRule', { uid, documentId }, saved.data)
        );
      },
    }),
    getMembershipAudience: build.query<AudienceResponse, RuleInput>({
      query: audienceUrl,
      providesTags: ['MembershipMember'],
      keepUnusedDataFor: 30,
    }),
  }),
});

export const {
  useGetMembershipRuleChoicesQuery,
  useGetMembershipRuleQuery,
  useSaveMembershipRuleMutation,
  useGetMembershipAudienceQuery,
} = endpoints;
