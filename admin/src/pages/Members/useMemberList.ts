import { MEMBER_STATUSES } from '../../../../contracts';
import { useListQuery } from '../../lib/useListQuery';

/** The members' list as its address has it. */
export const useMemberList = () =>
  useListQuery({ filters: { status: MEMBER_STATUSES, tier: null }, sort: 'joinedAt:desc' });

export type MemberList = ReturnType<typeof useMemberList>;
