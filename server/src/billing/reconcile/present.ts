import type { Core } from '@strapi/strapi';
import type { ReconcileRun } from '../../../../contracts';
import { latestRun, type RunRow } from '../../store';
import { PHASES } from './phases';

/** A run as an admin sees it, measured by the last one that came to its end. */
export const presentRun = async (strapi: Core.Strapi, row: RunRow): Promise<ReconcileRun> => {
  const { account, livemode } = row;
  const last = await latestRun(strapi, { account, livemode }, { status: 'done' });
  return {
    id: row.id,
    trigger: row.trigger,
    repairs: row.repairs,
    status: row.status,
    phase: row.phase,
    phases: [...PHASES],
    doneInPhase: row.doneInPhase,
    done: row.done,
    of: last?.done ?? null,
    differences: row.differences,
    queued: row.queued,
    startedAt: row.startedAt,
    progressAt: row.progressAt,
    finishedAt: row.finishedAt,
    startedBy: row.startedBy,
    error: row.error,
  };
};
