import { Button, Flex, Typography, type StatusVariant } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import type { Difference, DifferenceKind, Paged, ReconcileRun } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import { useApplyMembershipReconcileMutation } from '../../api/health';
import { DataTable, type Column } from '../../components/DataTable';
import { Pill } from '../../components/Pill';
import { useT } from '../../translations/useT';
import { FieldDifferences } from './FieldDifferences';

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
  // A single one has its button in its row.
  const repairsAll = canRepair && open > 1;

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
      stacked: true,
      label: t('health.reconcile.fields'),
      cell: (difference) => <FieldDifferences difference={difference} />,
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
      {pageCount > 1 || repairsAll ? (
        <Flex
          justifyContent="space-between"
          gap={3}
          wrap="wrap"
          paddingTop={4}
          paddingBottom={4}
          paddingLeft={{ initial: 4, medium: 6 }}
          paddingRight={{ initial: 4, medium: 6 }}
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
          {repairsAll ? (
            <Button loading={isLoading} onClick={() => void repair()}>
              {t('health.reconcile.repairAll', { count: open })}
            </Button>
          ) : null}
        </Flex>
      ) : null}
    </>
  );
};
