import { Flex, ProgressBar, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { IsoDate, ReconcileRun } from '../../../../contracts';
import { Pill } from '../../components/Pill';
import { useFormats } from '../../lib/useFormats';
import { useT } from '../../translations/useT';

const FullBar = styled(ProgressBar)`
  width: 100%;
`;

const shareOf = ({ done, of }: ReconcileRun): number =>
  of === null || of === 0 ? 0 : Math.min(99, Math.round((done / of) * 100));

const Progress = ({ run }: { run: ReconcileRun }) => {
  const t = useT();
  const { number } = useFormats();
  const phase = run.phase === null ? '' : t(`health.reconcile.phase.${run.phase}`);
  return (
    <Flex direction="column" alignItems="stretch" gap={2} role="status">
      <Typography textColor="neutral700">
        {t('health.reconcile.running', { phase, done: number(run.done) })}
      </Typography>
      {run.of === null ? null : <FullBar value={shareOf(run)} size="S" />}
    </Flex>
  );
};

/** How the latest comparison ended, who asked for it, and when the next one begins by itself. */
export const Outcome = ({ run, next }: { run: ReconcileRun; next: IsoDate | null }) => {
  const t = useT();
  const { moment, number } = useFormats();
  if (run.status === 'running') return <Progress run={run} />;

  const at = moment(run.finishedAt ?? run.progressAt);
  const agrees = run.status === 'done' && run.differences === 0;
  const label =
    run.status === 'done'
      ? t('health.reconcile.result', { count: run.differences })
      : t(`health.reconcile.${run.status}`);
  const details = [
    t('health.reconcile.done', { objects: number(run.done), moment: at }),
    ...(run.startedBy === null ? [] : [t('health.reconcile.by', { name: run.startedBy })]),
    ...(next === null ? [] : [t('health.reconcile.next.run', { moment: moment(next) })]),
  ];
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Pill
        label={label}
        variant={agrees ? 'success' : run.status === 'failed' ? 'danger' : 'warning'}
      />
      {run.error === null ? null : (
        <Typography tag="p" textColor="danger600" style={{ overflowWrap: 'anywhere' }}>
          {run.error}
        </Typography>
      )}
      <Typography variant="pi" textColor="neutral600" tag="p">
        {details.join(' ')}
      </Typography>
    </Flex>
  );
};
