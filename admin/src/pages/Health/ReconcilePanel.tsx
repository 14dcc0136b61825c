import { useState } from 'react';
import { Box, Button, Flex, ProgressBar, Typography } from '@strapi/design-system';

import type { ReconcileRun } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import {
  useGetMembershipReconcileQuery,
  useStartMembershipReconcileMutation,
} from '../../api/health';
import { Panel } from '../../components/Panel';
import { EmptyLine, Failed, Loading } from '../../components/States';
import { useCanUpdateHealth } from '../../lib/useAccess';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';
import { Differences } from './Differences';

/** While a comparison runs, and while none does. Milliseconds. */
const POLL_MS = { running: 2_000, still: 30_000 };

const shareOf = ({ done, of }: ReconcileRun): number =>
  of === null || of === 0 ? 0 : Math.min(99, Math.round((done / of) * 100));

const Progress = ({ run }: { run: ReconcileRun }) => {
  const t = useT();
  const { number } = useFormats();
  const phase = run.phase === null ? '' : t(`health.reconcile.phase.${run.phase}`);
  return (
    <Flex direction="column" alignItems="stretch" gap={2} role="status">
      <Typography textColor="neutral600">
        {t('health.reconcile.running', { phase, done: number(run.done) })}
      </Typography>
      {run.of === null ? null : <ProgressBar value={shareOf(run)} size="S" />}
    </Flex>
  );
};

const Outcome = ({ run }: { run: ReconcileRun }) => {
  const t = useT();
  const { moment, number } = useFormats();
  if (run.status === 'running') return <Progress run={run} />;
  return (
    <Typography tag="p" textColor={run.status === 'failed' ? 'danger600' : 'neutral600'}>
      {run.status === 'done'
        ? t('health.reconcile.done', {
            count: run.differences,
            objects: number(run.done),
            moment: moment(run.finishedAt ?? run.progressAt),
          })
        : t(`health.reconcile.${run.status}`, {
            moment: moment(run.progressAt),
            error: run.error ?? '–',
          })}
    </Typography>
  );
};

/** Does the mirror agree with Stripe? A comparison only tells; repairing is a second step. */
export const ReconcilePanel = () => {
  const t = useT();
  const canUpdate = useCanUpdateHealth();
  const notifyProblem = useNotifyProblem();
  const [page, setPage] = useState(1);
  const [isRunning, setRunning] = useState(false);
  const { data, isError, refetch } = useGetMembershipReconcileQuery(
    { page: String(page) },
    {
      pollingInterval: isRunning ? POLL_MS.running : POLL_MS.still,
      refetchOnMountOrArgChange: true,
    }
  );
  const [start, { isLoading }] = useStartMembershipReconcileMutation();
  const run = data?.data?.run ?? null;
  if ((run?.status === 'running') !== isRunning) setRunning(run?.status === 'running');

  const handleStart = async () => {
    setPage(1);
    const result = await start();
    if ('error' in result) notifyProblem(result.error);
  };

  return (
    <Panel
      title={t('health.reconcile')}
      hint={t('health.reconcile.hint')}
      flush
      actions={
        canUpdate ? (
          <Button
            variant="secondary"
            loading={isLoading}
            disabled={isRunning}
            onClick={() => void handleStart()}
          >
            {t('health.reconcile.start')}
          </Button>
        ) : undefined
      }
    >
      {isError && !data ? (
        <Failed onRetry={refetch} />
      ) : data === undefined ? (
        <Loading />
      ) : run === null || data.data === null ? (
        <EmptyLine>{t('health.reconcile.none')}</EmptyLine>
      ) : (
        <>
          <Box
            paddingLeft={{ initial: 4, medium: 6 }}
            paddingRight={{ initial: 4, medium: 6 }}
            paddingBottom={5}
          >
            <Outcome run={run} />
          </Box>
          {data.data.differences.data.length === 0 ? null : (
            <Differences
              run={run}
              differences={data.data.differences}
              canRepair={canUpdate && !isRunning}
              onPage={setPage}
            />
          )}
        </>
      )}
    </Panel>
  );
};
