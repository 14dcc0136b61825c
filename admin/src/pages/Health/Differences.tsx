import { Button, Flex, Typography, type StatusVariant } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import type { Difference, DifferenceKind, Paged, ReconcileRun } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useApplyMembershipReconcileMutation } from '../../api/health';
import { DataTable, type Column } from '../../components/DataTable';
import { Pill } from '../../components/Pill';
import { useT } from '../../translations/useT';

const VARIANTS: Record<DifferenceKind, StatusVariant> = {
  differs: 'warning',
  'missing-here': 'danger',
  'missing-at-stripe': 'neutral',
};

interface DifferencesProps {
  run: ReconcileRun;
  differences: Paged<Difference>;
  canRepair: boolean;
  onPage: (page: number) => void;
}

/** What differs, field by field, and the approval to repair it. */
export const Differences = ({ run, differences, canRepair, onPage }: DifferencesProps) => {
  const t = useT();
  const { toggleNotification } = useNotification();
  const notifyProblem = useNotifyProblem();
  const [apply, { isLoading }] = useApplyMembershipReconcileMutation();
  const { page, pageCount } = differences.meta.pagination;
  const open = run.differences - run.queued;

  const repair = async (keys?: string[]) => {
    const result = await apply({ run: run.id, input: keys ? { keys } : {} });
    if ('error' in result) return notifyProblem(result.error);
    toggleNotification({
      type: 'success',
      message: t('health.reconcile.queued', { count: result.data.data.queued }),
    });
  };

  const columns: Column<Difference>[] = [
    {
      id: 'key',
      label: t('health.reconcile.object'),
      primary: true,
      cell: ({ key, kind }) => (
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
            {key}
          </Typography>
          <Pill label={t(`health.reconcile.kind.${kind}`)} variant={VARIANTS[kind]} />
        </Flex>
      ),
    },
    {
      id: 'fields',
      label: t('health.reconcile.fields'),
      cell: ({ fields, more }) => (
        <Flex tag="ul" direction="column" alignItems="flex-start" gap={1}>
          {fields
            .filter(({ field }) => field !== '*')
            .map(({ object, field, here, stripe }) => (
              <Typography
                key={`${object}.${field}`}
                tag="li"
                variant="pi"
                style={{ overflowWrap: 'anywhere' }}
              >
                {t('health.reconcile.field', {
                  field,
                  here: here ?? '–',
                  stripe: stripe ?? '–',
                })}
              </Typography>
            ))}
          {more > 0 ? (
            <Typography tag="li" variant="pi" textColor="neutral600">
              {t('health.reconcile.more', { count: more })}
            </Typography>
          ) : null}
        </Flex>
      ),
    },
    {
      id: 'repair',
      label: '',
      align: 'right',
      cell: ({ key, status }) =>
        status === 'queued' ? (
          <Pill label={t('health.reconcile.isQueued')} variant="success" />
        ) : canRepair ? (
          <Button variant="tertiary" size="S" onClick={() => void repair([key])}>
            {t('health.reconcile.repair')}
          </Button>
        ) : null,
    },
  ];

  return (
    <>
      <DataTable
        label={t('health.reconcile')}
        columns={columns}
        rows={differences.data}
        rowKey={({ key }) => key}
      />
      <Flex
        justifyContent="space-between"
        gap={3}
        wrap="wrap"
        padding={4}
        borderStyle="solid"
        borderWidth="1px 0 0 0"
        borderColor="neutral150"
      >
        <Flex gap={2}>
          {pageCount > 1 ? (
            <>
              <Button
                variant="ghost"
                size="S"
                disabled={page <= 1}
                onClick={() => onPage(page - 1)}
              >
                {t('health.reconcile.previous')}
              </Button>
              <Typography variant="pi" textColor="neutral600">
                {t('health.reconcile.page', { page, pageCount })}
              </Typography>
              <Button
                variant="ghost"
                size="S"
                disabled={page >= pageCount}
                onClick={() => onPage(page + 1)}
              >
                {t('health.reconcile.next')}
              </Button>
            </>
          ) : null}
        </Flex>
        {canRepair && open > 0 ? (
          <Button loading={isLoading} onClick={() => void repair()}>
            {t('health.reconcile.repairAll', { count: open })}
          </Button>
        ) : null}
      </Flex>
    </>
  );
};
