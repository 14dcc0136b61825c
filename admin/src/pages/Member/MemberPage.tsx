import { useState } from 'react';
import { BackButton, Layouts, Page } from '@strapi/strapi/admin';
import { Box, Button, Flex } from '@strapi/design-system';
import { Gift } from '@strapi/icons';
import { useParams } from 'react-router-dom';

import { useGetMembershipMemberQuery } from '../../api/members';
import { toProblem } from '../../api/errors';
import { Failed, Loading } from '../../components/States';
import { StatusBadge } from '../../components/StatusBadge';
import { TwoColumns } from '../../components/TwoColumns';
import { useCanUpdateMembers } from '../../lib/useAccess';
import { BASE_PATH } from '../../pluginId';
import { useT } from '../../translations/useT';
import { GiveTier } from './GiveTier';
import { GrantsPanel } from './GrantsPanel';
import { MemberCard } from './MemberCard';
import { PaymentsPanel } from './PaymentsPanel';
import { SubscriptionsPanel } from './SubscriptionsPanel';

const MemberPage = () => {
  const t = useT();
  const { documentId = '' } = useParams();
  const canUpdate = useCanUpdateMembers();
  const [isGiving, setGiving] = useState(false);
  const { data, isError, error, refetch } = useGetMembershipMemberQuery(documentId);
  const back = <BackButton fallback={`${BASE_PATH}/members`} />;

  if (isError) {
    const isUnknown = toProblem(error).status === 404;
    return (
      <>
        <Layouts.Header title={t('members.title')} navigationAction={back} />
        <Layouts.Content>
          <Failed message={isUnknown ? t('member.unknown') : undefined} onRetry={refetch} />
        </Layouts.Content>
      </>
    );
  }
  if (data === undefined) return <Loading />;

  const member = data.data;
  const title = member.name ?? member.email ?? member.user?.username ?? t('member.unnamed');

  return (
    <>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        navigationAction={back}
        secondaryAction={
          <Box>
            <StatusBadge status={member.status} />
          </Box>
        }
        primaryAction={
          canUpdate ? (
            <Button startIcon={<Gift />} onClick={() => setGiving(true)}>
              {t('member.give')}
            </Button>
          ) : undefined
        }
      />
      <Layouts.Content>
        <TwoColumns
          main={
            <Flex direction="column" alignItems="stretch" gap={6}>
              <GrantsPanel member={member} canUpdate={canUpdate} />
              <SubscriptionsPanel subscriptions={member.subscriptions} />
              <PaymentsPanel payments={member.payments} />
            </Flex>
          }
          side={<MemberCard member={member} />}
        />
      </Layouts.Content>
      {isGiving ? <GiveTier member={documentId} onClose={() => setGiving(false)} /> : null}
    </>
  );
};

export default MemberPage;
