import { useState } from 'react';
import { Box, Button } from '@strapi/design-system';

import type { IsoDate } from '../../../../contracts';
import { useNotifyProblem } from '../../api/errors';
import {
  useGetMembershipReconcileQuery,
  useStartMembershipReconcileMutation,
} from '../../api/health';
import { Panel } from '../../components/Panel';
import { EmptyLine, Failed, Loading } from '../../components/States';
import { useCanUpdateHealth } from '../../lib/useAccess';
import { useT } from '../../translations/useT';
import { Differences } from './Differences';
import { Outcome } from './Outcome';

/** While a comparison runs, and while none does. Milliseconds. */
const POLL_MS = { running: 2_000, still: 30_000 };

/** Does the mirror agree with Stripe? A comparison only tells; repairing is a second step. */
export const ReconcilePanel = ({ next }: { next: IsoDate | null }) => {
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
            <Outcome run={run} next={next} />
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
