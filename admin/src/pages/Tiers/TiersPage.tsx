import { Layouts, Page } from '@strapi/strapi/admin';
import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { NavLink } from 'react-router-dom';

import { useGetMembershipTiersQuery } from '../../api/tiers';
import { SetupBanner } from '../../components/SetupBanner';
import { Empty, Failed, Loading } from '../../components/States';
import { useCanUpdateTiers } from '../../lib/useAccess';
import { BASE_PATH } from '../../pluginId';
import { useT } from '../../translations/useT';
import { TierList } from './TierList';

const TiersPage = () => {
  const t = useT();
  const canUpdate = useCanUpdateTiers();
  const { data, isError, refetch } = useGetMembershipTiersQuery();
  const tiers = data?.data ?? [];
  const active = tiers.filter(({ archivedAt }) => archivedAt === null);
  const archived = tiers.filter(({ archivedAt }) => archivedAt !== null);

  const addButton = canUpdate ? (
    <LinkButton tag={NavLink} to={`${BASE_PATH}/tiers/new`} startIcon={<Plus />}>
      {t('tiers.add')}
    </LinkButton>
  ) : undefined;

  return (
    <>
      <Page.Title>{t('tiers.title')}</Page.Title>
      <Layouts.Header
        title={t('tiers.title')}
        subtitle={t('tiers.subtitle')}
        primaryAction={addButton}
      />
      <Layouts.Content>
        <SetupBanner />
        {isError ? (
          <Failed onRetry={refetch} />
        ) : data === undefined ? (
          <Loading />
        ) : tiers.length === 0 ? (
          <Empty content={t('tiers.empty')} action={addButton} />
        ) : (
          <Flex direction="column" alignItems="stretch" gap={8}>
            <TierList tiers={active} rest={archived} canUpdate={canUpdate} />
            {archived.length === 0 ? null : (
              <Flex direction="column" alignItems="stretch" gap={4}>
                <Typography variant="delta" tag="h2">
                  {t('tiers.archived')}
                </Typography>
                <TierList tiers={archived} rest={active} canUpdate={canUpdate} archived />
              </Flex>
            )}
          </Flex>
        )}
      </Layouts.Content>
    </>
  );
};

export default TiersPage;
