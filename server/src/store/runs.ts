import type { Core } from '@strapi/strapi';
import { now } from '../config';
import { wish, writeDrifts, type Drift } from './drifts';
import type { Scope } from './known';
import { assertHeld, type Lease } from './locks';
import { table } from './table';
import { toIso } from './time';
import { transaction } from './transaction';
import type { RunRow } from './upkeep-rows';

export const findRun = (strapi: Core.Strapi, id: number): Promise<RunRow | null> =>
  table(strapi, 'run').findOne({ where: { id } });

export const latestRun = (
  strapi: Core.Strapi,
  scope: Partial<Scope>,
  where: Partial<Pick<RunRow, 'status' | 'repairs'>> = {}
): Promise<RunRow | null> =>
  table(strapi, 'run').findOne({ where: { ...scope, ...where }, orderBy: { id: 'desc' } });

export const beginRun = (
  strapi: Core.Strapi,
  scope: Scope,
  given: Pick<RunRow, 'trigger' | 'repairs' | 'startedBy'>
): Promise<RunRow> => {
  const at = toIso(now(strapi));
  return table(strapi, 'run').create({
    data: {
      ...scope,
      ...given,
      status: 'running',
      doneInPhase: 0,
      done: 0,
      differences: 0,
      queued: 0,
      startedAt: at,
      progressAt: at,
    },
  });
};

/** What one page brought, and where the walk goes on. */
export interface Step extends Pick<RunRow, 'phase' | 'position'> {
  /** Objects that were compared. */
  count: number;
  drifts: readonly Drift[];
}

/**
 * Writes one page's findings and the place to go on from, both or neither, so that a walk that is
 * killed goes on where it was.
 *
 * @throws LeaseLost when another instance walks on
 */
export const advanceRun = async (
  strapi: Core.Strapi,
  lease: Lease,
  run: RunRow,
  step: Step
): Promise<RunRow> => {
  const { phase, position } = step;
  return transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    const fresh = await writeDrifts(strapi, run, step.drifts);
    const queued = run.repairs ? await wish(strapi, run, fresh) : 0;
    const changed = {
      phase,
      position,
      done: run.done + step.count,
      doneInPhase: (phase === run.phase ? run.doneInPhase : 0) + step.count,
      differences: run.differences + fresh.length,
      queued: run.queued + queued,
      progressAt: toIso(now(strapi)),
    };
    await table(strapi, 'run').updateMany({ where: { id: run.id }, data: changed });
    return { ...run, ...changed };
  });
};

export const endRun = async (
  strapi: Core.Strapi,
  run: Pick<RunRow, 'id'>,
  status: RunRow['status'],
  error: string | null = null
): Promise<void> => {
  const at = toIso(now(strapi));
  await table(strapi, 'run').updateMany({
    where: { id: run.id, status: 'running' },
    data: { status, error: error?.slice(0, 1000) ?? null, finishedAt: at, progressAt: at },
  });
};

/** So many repairs go into one transaction. */
const BATCH = 200;

/**
 * Queues the repair of what a run found: these keys, or all.
 *
 * @returns how many; those that are queued already are none
 */
export const applyRun = async (
  strapi: Core.Strapi,
  run: RunRow,
  keys?: readonly string[]
): Promise<number> => {
  let total = 0;
  for (;;) {
    const found = await table(strapi, 'drift').findMany({
      where: { run: run.id, status: 'found', ...(keys && { key: { $in: keys } }) },
      orderBy: { id: 'asc' },
      limit: BATCH,
    });
    if (found.length === 0) return total;
    total += await transaction(strapi, async () => {
      const queued = await wish(
        strapi,
        run,
        found.map(({ key }) => key)
      );
      await table(strapi, 'drift').updateMany({
        where: { id: { $in: found.map(({ id }) => id) } },
        data: { status: 'queued' },
      });
      const present = await findRun(strapi, run.id);
      await table(strapi, 'run').updateMany({
        where: { id: run.id },
        data: { queued: (present?.queued ?? 0) + queued },
      });
      return queued;
    });
  }
};

/**
 * Forgets runs that ended before an instant, with what they found.
 *
 * @param before milliseconds
 */
export const forgetRuns = async (strapi: Core.Strapi, before: number): Promise<void> => {
  const old = await table(strapi, 'run').findMany({
    where: { status: { $ne: 'running' }, startedAt: { $lt: toIso(before) } },
    select: ['id'],
  });
  for (const { id } of old) {
    await table(strapi, 'drift').deleteMany({ where: { run: id } });
    await table(strapi, 'run').deleteMany({ where: { id } });
  }
};
