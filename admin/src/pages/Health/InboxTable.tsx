import { useNotification } from '@strapi/strapi/admin';
import { Button, Flex, Typography, type StatusVariant } from '@strapi/design-system';

import type { InboxDelivery, InboxStatus } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useRetryMembershipDeliveryMutation } from '../../api/health';
import { DataTable, type Column } from '../../components/DataTable';
import { Pill } from '../../components/Pill';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { DeliveryError } from './DeliveryError';

const VARIANTS: Record<InboxStatus, StatusVariant> = {
  pending: 'secondary',
  done: 'success',
  ignored: 'neutral',
  dead: 'danger',
};

const Retry = ({ id }: { id: number }) => {
  const t = useT();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [retry, { isLoading }] = useRetryMembershipDeliveryMutation();
  const handleRetry = async () => {
    const result = await retry(id);
    if ('error' in result) return notifyProblem(result.error);
    const { status, error } = result.data.data;
    const came = status === 'done' || status === 'ignored';
    toggleNotification(
      came
        ? { type: 'success', message: t('health.inbox.retry.done') }
        : { type: 'warning', message: error ?? t('health.inbox.retry.failed') }
    );
  };
  return (
    <Button variant="tertiary" size="S" loading={isLoading} onClick={() => void handleRetry()}>
      {t('health.inbox.retry')}
    </Button>
  );
};

/** What came, what it made us fetch, and what became of it. */
export const InboxTable = ({
  deliveries,
  canRetry,
}: {
  deliveries: InboxDelivery[];
  canRetry: boolean;
}) => {
  const t = useT();
  const { moment } = useFormats();

  const columns: Column<InboxDelivery>[] = [
    {
      id: 'event',
      label: t('health.inbox.event'),
      primary: true,
      cell: ({ type, stripeId, error }) => (
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
            {type}
          </Typography>
          <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
            {stripeId}
          </Typography>
          {error === null ? null : <DeliveryError error={error} />}
        </Flex>
      ),
    },
    {
      id: 'key',
      label: t('health.inbox.key'),
      hint: t('health.inbox.key.hint'),
      cell: ({ key }) => (
        <Typography variant="pi" style={{ overflowWrap: 'anywhere' }}>
          {key ?? '–'}
        </Typography>
      ),
    },
    {
      id: 'status',
      nowrap: true,
      label: t('health.inbox.status'),
      cell: ({ status, attempts, availableAt }) => (
        <Pill
          label={t(`health.inbox.status.${status}`)}
          variant={VARIANTS[status]}
          hint={
            status === 'pending' && attempts > 0
              ? t('health.inbox.next', { count: attempts, moment: moment(availableAt) })
              : t(`health.inbox.status.${status}.hint`)
          }
        />
      ),
    },
    {
      id: 'received',
      nowrap: true,
      label: t('health.inbox.received'),
      cell: ({ receivedAt }) => <Typography variant="pi">{moment(receivedAt)}</Typography>,
    },
    ...(canRetry
      ? [
          {
            id: 'retry',
            label: '',
            align: 'right' as const,
            cell: ({ id, status }: InboxDelivery) =>
              status === 'dead' || status === 'pending' ? <Retry id={id} /> : null,
          },
        ]
      : []),
  ];

  return (
    <DataTable
      label={t('health.inbox')}
      columns={columns}
      rows={deliveries}
      rowKey={({ id }) => String(id)}
    />
  );
};
