import { Box, Typography } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';

import type { MemberRow } from '../../../../contracts';
import { DataTable, type Column } from '../../components/DataTable';
import { MemberName } from '../../components/MemberName';
import { SortButton } from '../../components/SortButton';
import { StatusBadge } from '../../components/StatusBadge';
import { TierBadges } from '../../components/TierBadges';
import { useFormats } from '../../lib/useFormats';
import { useT, type MessageKey } from '../../translations/useT';
import type { MemberList } from './useMemberList';

/** What the server sorts members by. */
type SortKey = 'name' | 'email' | 'joinedAt';

interface MembersTableProps {
  members: MemberRow[];
  list: MemberList;
}

export const MembersTable = ({ members, list }: MembersTableProps) => {
  const t = useT();
  const { day } = useFormats();
  const navigate = useNavigate();

  const sortable = (key: SortKey, label: MessageKey) => {
    const isSorted = list.sortKey === key;
    return {
      id: key,
      label: t(label),
      ariaSort: isSorted ? (list.descending ? 'descending' : 'ascending') : 'none',
      header: (
        <SortButton
          label={t(label)}
          direction={isSorted ? (list.descending ? 'desc' : 'asc') : null}
          onClick={() => list.toggleSort(key)}
        />
      ),
    } as const;
  };

  const columns: Column<MemberRow>[] = [
    {
      ...sortable('name', 'members.column.name'),
      primary: true,
      cell: (member) => <MemberName member={member} />,
    },
    {
      id: 'status',
      label: t('members.column.status'),
      hint: t('members.column.status.hint'),
      cell: ({ status }) => <StatusBadge status={status} />,
    },
    {
      id: 'tiers',
      label: t('members.column.tiers'),
      hint: t('members.column.tiers.hint'),
      cell: ({ tiers }) => <TierBadges tiers={tiers} />,
    },
    {
      ...sortable('joinedAt', 'members.column.joinedAt'),
      cell: ({ joinedAt }) => (
        <Typography textColor="neutral800">{joinedAt === null ? '–' : day(joinedAt)}</Typography>
      ),
    },
  ];

  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius overflow="hidden">
      <DataTable
        label={t('members.title')}
        columns={columns}
        rows={members}
        rowKey={({ documentId }) => documentId}
        onRowClick={({ documentId }) => navigate(documentId)}
      />
    </Box>
  );
};
