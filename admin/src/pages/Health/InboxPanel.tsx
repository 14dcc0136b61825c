import { Pagination, SearchInput, useNotification } from '@strapi/strapi/admin';
import { Box, Button, Flex } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';

import { INBOX_STATUSES } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useGetMembershipInboxQuery, useRetryMembershipDeliveriesMutation } from '../../api/health';
import { ListFilters } from '../../components/ListFilters';
import { Panel } from '../../components/Panel';
import { EmptyLine, Failed, Loading } from '../../components/States';
import { useCanUpdateHealth } from '../../lib/useAccess';
import { PAGE_SIZES, useListQuery } from '../../lib/useListQuery';
import { useT } from '../../translations/useT';
import { InboxTable } from './InboxTable';

const POLL_MS = 15_000;

/** Every delivery that is remembered, and Retry for those that did not come through. */
export const InboxPanel = ({ dead }: { dead: number }) => {
  const t = useT();
  const list = useListQuery({ filters: { status: INBOX_STATUSES } });
  const canUpdate = useCanUpdateHealth();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const { data, isError, refetch } = useGetMembershipInboxQuery(list.request, {
    pollingInterval: POLL_MS,
    refetchOnMountOrArgChange: true,
  });
  const [retryAll, { isLoading }] = useRetryMembershipDeliveriesMutation();

  const options = INBOX_STATUSES.map((value) => ({
    value,
    label: t(`health.inbox.status.${value}`),
  }));

  const handleRetryAll = async () => {
    const result = await retryAll();
    if ('error' in result) return notifyProblem(result.error);
    toggleNotification({
      type: 'success',
      message: t('health.inbox.retryAll.done', { count: result.data.data.retried }),
    });
  };

  return (
    <Panel
      title={t('health.inbox')}
      hint={t('health.inbox.hint')}
      flush
      actions={
        canUpdate && dead > 0 ? (
          <Button
            variant="secondary"
            startIcon={<ArrowClockwise />}
            loading={isLoading}
            onClick={() => void handleRetryAll()}
          >
            {t('health.inbox.retryAll', { count: dead })}
          </Button>
        ) : undefined
      }
    >
      <Flex
        gap={2}
        wrap="wrap"
        paddingLeft={{ initial: 4, medium: 6 }}
        paddingRight={{ initial: 4, medium: 6 }}
        paddingBottom={4}
      >
        <SearchInput
          label={t('health.inbox.search')}
          placeholder={t('health.inbox.search.placeholder')}
          trackedEvent={null}
        />
        <ListFilters
          list={list}
          filters={[{ name: 'status', label: t('health.inbox.status'), options }]}
        />
      </Flex>
      {isError ? (
        <Failed onRetry={refetch} />
      ) : data === undefined ? (
        <Loading />
      ) : data.data.length === 0 ? (
        <EmptyLine>{t(list.isFiltered ? 'health.inbox.noMatch' : 'health.inbox.none')}</EmptyLine>
      ) : (
        <>
          <InboxTable deliveries={data.data} canRetry={canUpdate} />
          <Box
            paddingLeft={{ initial: 4, medium: 6 }}
            paddingRight={{ initial: 4, medium: 6 }}
            paddingBottom={4}
          >
            <Pagination.Root {...data.meta.pagination} defaultPageSize={25}>
              <Pagination.PageSize options={PAGE_SIZES} />
              <Pagination.Links />
            </Pagination.Root>
          </Box>
        </>
      )}
    </Panel>
  );
};
