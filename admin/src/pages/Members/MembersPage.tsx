import { useState } from 'react';
import { Layouts, Page, Pagination, SearchInput } from '@strapi/strapi/admin';
import { Box, Button } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import { useGetMembershipMembersQuery } from '../../api/members';
import { SetupBanner } from '../../components/SetupBanner';
import { Failed, Loading } from '../../components/States';
import { useCanUpdateMembers } from '../../lib/useAccess';
import { PAGE_SIZES } from '../../lib/useListQuery';
import { useT } from '../../translations/useT';
import { AddMember } from './AddMember';
import { MemberFilters } from './MemberFilters';
import { MembersTable } from './MembersTable';
import { NoMembers } from './NoMembers';
import { useMemberList } from './useMemberList';

const MembersPage = () => {
  const t = useT();
  const list = useMemberList();
  const canUpdate = useCanUpdateMembers();
  const [isAdding, setAdding] = useState(false);
  const { data, isError, isFetching, refetch } = useGetMembershipMembersQuery(list.request);

  const total = data?.meta.pagination.total;
  const addButton = canUpdate ? (
    <Button startIcon={<Plus />} onClick={() => setAdding(true)}>
      {t('members.add')}
    </Button>
  ) : undefined;

  return (
    <>
      <Page.Title>{t('members.title')}</Page.Title>
      <Layouts.Header
        title={t('members.title')}
        subtitle={
          total === undefined ? t('members.subtitle') : t('members.count', { count: total })
        }
        primaryAction={addButton}
      />
      <Layouts.Action
        startActions={
          <>
            <SearchInput
              label={t('members.search')}
              placeholder={t('members.search.placeholder')}
              trackedEvent={null}
            />
            <MemberFilters list={list} />
          </>
        }
      />
      <Layouts.Content>
        <SetupBanner />
        {isError ? (
          <Failed onRetry={refetch} />
        ) : data === undefined ? (
          <Loading />
        ) : data.data.length === 0 ? (
          <NoMembers list={list} total={data.meta.pagination.total} addButton={addButton} />
        ) : (
          <Box aria-busy={isFetching} style={{ opacity: isFetching ? 0.6 : 1 }}>
            <MembersTable members={data.data} list={list} />
            <Pagination.Root {...data.meta.pagination} defaultPageSize={25}>
              <Pagination.PageSize options={PAGE_SIZES} />
              <Pagination.Links />
            </Pagination.Root>
          </Box>
        )}
      </Layouts.Content>
      {isAdding ? <AddMember onClose={() => setAdding(false)} /> : null}
    </>
  );
};

export default MembersPage;
