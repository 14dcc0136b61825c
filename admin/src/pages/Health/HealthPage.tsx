import { Layouts, Page } from '@strapi/strapi/admin';
import { Flex } from '@strapi/design-system';

import { useGetMembershipHealthQuery } from '../../api/health';
import { SetupBanner } from '../../components/SetupBanner';
import { Failed, Loading } from '../../components/States';
import { useT } from '../../translations/useT';
import { EndpointPanel } from './EndpointPanel';
import { HealthFigures } from './HealthFigures';
import { InboxPanel } from './InboxPanel';
import { ReconcilePanel } from './ReconcilePanel';
import { SiteNotice } from './SiteNotice';

/** Deliveries arrive while the page is open. Milliseconds. */
const POLL_MS = 15_000;

const HealthPage = () => {
  const t = useT();
  const { data, isError, refetch } = useGetMembershipHealthQuery(undefined, {
    pollingInterval: POLL_MS,
    refetchOnMountOrArgChange: true,
  });

  return (
    <>
      <Page.Title>{t('health.title')}</Page.Title>
      <Layouts.Header title={t('health.title')} subtitle={t('health.subtitle')} />
      <Layouts.Content>
        <SetupBanner />
        {data ? (
          <Flex direction="column" alignItems="stretch" gap={6}>
            {data.data.site.confirmed ? null : <SiteNotice site={data.data.site} />}
            <HealthFigures health={data.data} />
            <EndpointPanel health={data.data} />
            {data.data.stripe.configured ? (
              <ReconcilePanel next={data.data.nextReconcileAt} />
            ) : null}
            <InboxPanel dead={data.data.inbox.dead} />
          </Flex>
        ) : isError ? (
          <Failed onRetry={refetch} />
        ) : (
          <Loading />
        )}
      </Layouts.Content>
    </>
  );
};

export default HealthPage;
