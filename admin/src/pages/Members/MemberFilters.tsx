import { MEMBER_STATUSES } from '../../../../contracts';
import { useGetMembershipTiersQuery } from '../../api/tiers';
import { ListFilters } from '../../components/ListFilters';
import { useT } from '../../translations/useT';
import type { MemberList } from './useMemberList';

/** The tiers are another permission: a user without it filters by status only. */
export const MemberFilters = ({ list }: { list: MemberList }) => {
  const t = useT();
  const { data: tiers } = useGetMembershipTiersQuery();
  const statuses = MEMBER_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
  const held = (tiers?.data ?? []).map(({ documentId, name }) => ({
    value: documentId,
    label: name,
  }));
  return (
    <ListFilters
      list={list}
      filters={[
        { name: 'status', label: t('members.filter.status'), options: statuses },
        { name: 'tier', label: t('members.filter.tier'), options: held },
      ]}
    />
  );
};
