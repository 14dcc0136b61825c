import type { Core } from '@strapi/strapi';
import type { Scope } from './known';
import { table } from './table';
import { toIso } from './time';
import type { RunRow } from './upkeep-rows';

export const findRun = (strapi: Core.Strapi, id: number): Promise<RunRow | null> =>
  table(strapi, 'run').findOne({ where: { id } });

export const latestRun = (
  strapi: Core.Strapi,
  scope: Partial<Scope>,
  where: Partial<Pick<RunRow, 'status' | 'trigger'>> = {}
): Promise<RunRow | null> =>
  table(strapi, 'run').findOne({ where: { ...scope, ...where }, orderBy: { id: 'desc' } });

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
