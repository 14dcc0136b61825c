import { Layouts, Page } from '@strapi/strapi/admin';
import { Flex } from '@strapi/design-system';

import type { GateReport } from '../../../../contracts';
import { useGetMembershipGateQuery } from '../../api/gate';
import { Failed, Loading } from '../../components/States';
import { PERMISSIONS } from '../../permissions';
import { useT } from '../../translations/useT';
import { CheckPanel } from './CheckPanel';
import { GatedTypes } from './GatedTypes';
import { GateOff } from './GateOff';
import { NothingGated } from './NothingGated';
import { OpenTypes } from './OpenTypes';

const Report = ({ report }: { report: GateReport }) => (
  <Flex direction="column" alignItems="stretch" gap={6}>
    {report.enabled ? null : <GateOff />}
    {report.types.length === 0 ? (
      <NothingGated developing={report.developing} />
    ) : (
      <>
        <CheckPanel />
        <GatedTypes types={report.types} />
      </>
    )}
    {report.open.length === 0 ? null : (
      <OpenTypes types={report.open} developing={report.developing} />
    )}
  </Flex>
);

const GateSettings = () => {
  const t = useT();
  const { data, isError, refetch } = useGetMembershipGateQuery(undefined, {
    // The figures are of entries that editors mark meanwhile.
    refetchOnMountOrArgChange: true,
  });

  return (
    <Page.Main>
      <Page.Title>{t('gate.title')}</Page.Title>
      <Layouts.Header title={t('gate.title')} subtitle={t('gate.subtitle')} />
      <Layouts.Content>
        {data ? (
          <Report report={data.data} />
        ) : isError ? (
          <Failed onRetry={refetch} />
        ) : (
          <Loading />
        )}
      </Layouts.Content>
    </Page.Main>
  );
};

/** Settings → Memberships → Content gate. */
const GateSettingsPage = () => (
  <Page.Protect permissions={PERMISSIONS.gateRead}>
    <GateSettings />
  </Page.Protect>
);

export default GateSettingsPage;
