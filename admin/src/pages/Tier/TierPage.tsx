import { BackButton, Layouts } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';

import { useGetMembershipTiersQuery } from '../../api/tiers';
import { Empty, Failed, Loading } from '../../components/States';
import { BASE_PATH } from '../../pluginId';
import { useT } from '../../translations/useT';
import { TierEditor } from './TierEditor';

/** The list is small and already loaded: one tier is taken from it, there is no second request. */
const TierPage = () => {
  const t = useT();
  const { documentId } = useParams();
  const { data, isError, refetch } = useGetMembershipTiersQuery();
  const isNew = documentId === 'new';
  const tier = data?.data.find((candidate) => candidate.documentId === documentId) ?? null;

  if (data !== undefined && (isNew || tier !== null)) {
    // The key starts a fresh form when the tier changes, e.g. from "new" to the one just made.
    return <TierEditor key={documentId} tier={tier} tiers={data.data} />;
  }
  return (
    <>
      <Layouts.Header
        title={t('tiers.title')}
        navigationAction={<BackButton fallback={`${BASE_PATH}/tiers`} />}
      />
      <Layouts.Content>
        {isError ? (
          <Failed onRetry={refetch} />
        ) : data === undefined ? (
          <Loading />
        ) : (
          <Empty content={t('tier.unknown')} />
        )}
      </Layouts.Content>
    </>
  );
};

export default TierPage;
