import { Box, Typography } from '@strapi/design-system';

import type { EventTraffic } from '../../../../contracts';
import { useGetMembershipEndpointQuery } from '../../api/health';
import { Code } from '../../components/Code';
import { DataTable, type Column } from '../../components/DataTable';
import { EmptyLine, Failed, Loading } from '../../components/States';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

/** When each kind of event was last sent by Stripe and last arrived; what neither did is left out. */
export const TrafficTable = () => {
  const t = useT();
  const { moment } = useFormats();
  const { data, isError, refetch } = useGetMembershipEndpointQuery(undefined, {
    refetchOnMountOrArgChange: true,
  });
  if (isError) return <Failed onRetry={refetch} />;
  if (!data) return <Loading />;

  const seen = data.data.traffic.filter(({ sentAt, receivedAt }) => sentAt ?? receivedAt);
  if (seen.length === 0) return <EmptyLine>{t('health.traffic.none')}</EmptyLine>;

  const at = (iso: string | null) => (
    <Typography textColor={iso === null ? 'neutral600' : 'neutral800'}>
      {iso === null ? '–' : moment(iso)}
    </Typography>
  );
  const columns: Column<EventTraffic>[] = [
    {
      id: 'type',
      label: t('health.traffic.type'),
      primary: true,
      cell: ({ type }) => <Code>{type}</Code>,
    },
    { id: 'sent', label: t('health.traffic.sent'), cell: ({ sentAt }) => at(sentAt) },
    {
      id: 'received',
      label: t('health.traffic.received'),
      cell: ({ receivedAt }) => at(receivedAt),
    },
  ];
  return (
    <Box borderColor="neutral150" hasRadius overflow="hidden">
      <DataTable
        label={t('health.traffic.show')}
        columns={columns}
        rows={seen}
        rowKey={({ type }) => type}
      />
    </Box>
  );
};
