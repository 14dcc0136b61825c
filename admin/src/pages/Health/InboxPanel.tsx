import { Pagination, SearchInput, useNotification } from '@strapi/strapi/admin';
import { Box, Button, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { ArrowClockwise, Cross } from '@strapi/icons';

import { INBOX_STATUSES } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useGetMembershipInboxQuery, useRetryMembershipDeliveriesMutation } from '../../api/health';
import { Panel } from '../../components/Panel';
import { EmptyLine, Failed, Loading } from '../../components/States';
import { useCanUpdateHealth } from '../../lib/useAccess';
import { useInboxQuery } from '../../lib/useInboxQuery';
import { PAGE_SIZES } from '../../lib/useListQuery';
import { useT } from '../../translations/useT';
import { InboxTable } from './InboxTable';

const POLL_MS = 15_000;

const Filters = ({ list }: { list: ReturnType<typeof useInboxQuery> }) => {
  const t = useT();
  return (
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
      <SingleSelect
        size="S"
        aria-label={t('health.inbox.status')}
        placeholder={t('health.inbox.status')}
        value={list.status ?? null}
        clearLabel={t('action.clear')}
        onClear={() => list.setStatus(undefined)}
        onChange={(value) => list.setStatus(String(value))}
      >
        {INBOX_STATUSES.map((status) => (
          <SingleSelectOption key={status} value={status}>
            {t(`health.inbox.status.${status}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      {list.isFiltered ? (
        <Button variant="ghost" size="S" startIcon={<Cross />} onClick={list.clear}>
          {t('action.clearFilters')}
        </Button>
      ) : null}
    </Flex>
  );
};

/** Every delivery that is remembered, and Retry for those that did not come through. */
export const InboxPanel = ({ dead }: { dead: number }) => {
  const t = useT();
  const list = useInboxQuery();
  const canUpdate = useCanUpdateHealth();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const { data, isError, refetch } = useGetMembershipInboxQuery(list.request, {
    pollingInterval: POLL_MS,
    refetchOnMountOrArgChange: true,
  });
  const [retryAll, { isLoading }] = useRetryMembershipDeliveriesMutation();

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
      <Filters list={list} />
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
