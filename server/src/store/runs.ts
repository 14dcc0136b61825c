import type { Core } from '@strapi/strapi';
import type { FieldDifference } from '../../../contracts';
import { now } from '../config';
import type { Scope } from './known';
import { assertHeld, type Lease } from './locks';
import { table } from './table';
import { toIso } from './time';
import { transaction } from './transaction';
import type { DriftRow, RunRow } from './upkeep-rows';

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

/** What was found under one key; at most so many of its fields are kept. */
export type Drift = Pick<DriftRow, 'key' | 'kind'> & { fields: FieldDifference[] };

const MAX_FIELDS = 20;

/** One object may be found twice: by itself, and by what belongs to it. */
const merged = (drifts: readonly Drift[], known: readonly DriftRow[]): Map<string, Drift> => {
  const all = new Map<string, Drift>(
    known.map(({ key, kind, fields }) => [key, { key, kind, fields: fields ?? [] }])
  );
  for (const { key, kind, fields } of drifts) {
    const before = all.get(key);
    all.set(key, {
      key,
      kind: before && before.kind !== kind ? 'differs' : kind,
      fields: [...(before?.fields ?? []), ...fields],
    });
  }
  return all;
};

const cut = ({ fields }: Drift, more: number) => ({
  fields: fields.slice(0, MAX_FIELDS),
  more: more + Math.max(0, fields.length - MAX_FIELDS),
});

/** A key's wish in the inbox, once for each run: a page that is compared again wishes nothing again. */
const wishOf = (run: RunRow, key: string): string => `sync:run:${run.id}:${key}`;

/** Puts repairs into the inbox: the worker fetches each key as it does for an event. */
const wish = async (strapi: Core.Strapi, run: RunRow, keys: readonly string[]): Promise<number> => {
  const ids = keys.map((key) => wishOf(run, key));
  const known = await table(strapi, 'inbox').findMany({
    where: { account: run.account, livemode: run.livemode, stripeId: { $in: ids } },
    select: ['stripeId'],
  });
  const isKnown = new Set(known.map(({ stripeId }) => stripeId));
  const at = toIso(now(strapi));
  const fresh = keys.filter((key) => !isKnown.has(wishOf(run, key)));
  if (fresh.length === 0) return 0;
  await table(strapi, 'inbox').createMany({
    data: fresh.map((key) => ({
      stripeId: wishOf(run, key),
      account: run.account,
      livemode: run.livemode,
      type: 'memberships.reconcile',
      key,
      status: 'pending',
      attempts: 0,
      availableAt: at,
      receivedAt: at,
      polled: false,
    })),
  });
  return fresh.length;
};

const writeDrifts = async (
  strapi: Core.Strapi,
  run: RunRow,
  drifts: readonly Drift[]
): Promise<string[]> => {
  if (drifts.length === 0) return [];
  const status = run.repairs ? 'queued' : 'found';
  const keys = [...new Set(drifts.map(({ key }) => key))];
  const known = await table(strapi, 'drift').findMany({
    where: { run: run.id, key: { $in: keys } },
  });
  const all = merged(drifts, known);
  for (const row of known) {
    const drift = all.get(row.key);
    if (!drift) continue;
    const { fields, more } = cut(drift, row.more);
    await table(strapi, 'drift').update({
      where: { id: row.id },
      data: { kind: drift.kind, fields, more },
    });
    all.delete(row.key);
  }
  const fresh = [...all.values()];
  if (fresh.length > 0) {
    await table(strapi, 'drift').createMany({
      data: fresh.map((drift) => ({
        run: run.id,
        key: drift.key,
        kind: drift.kind,
        ...cut(drift, 0),
        status,
      })),
    });
  }
  return fresh.map(({ key }) => key);
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

/** A page of what a run found, in the order of finding. */
export const listDrifts = async (
  strapi: Core.Strapi,
  run: number,
  { page, pageSize }: { page: number; pageSize: number }
): Promise<{ rows: DriftRow[]; total: number }> => ({
  rows: await table(strapi, 'drift').findMany({
    where: { run },
    orderBy: { id: 'asc' },
    limit: pageSize,
    offset: (page - 1) * pageSize,
  }),
  total: await table(strapi, 'drift').count({ where: { run } }),
});

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
