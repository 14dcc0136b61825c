import type { Core } from '@strapi/strapi';
import type { FieldDifference } from '../../../contracts';
import { now } from '../config';
import { table } from './table';
import { toIso } from './time';
import type { DriftRow, RunRow } from './upkeep-rows';

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
export const wish = async (
  strapi: Core.Strapi,
  run: RunRow,
  keys: readonly string[]
): Promise<number> => {
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

/**
 * Writes down what a page found.
 *
 * @returns the keys that the run had not found before
 */
export const writeDrifts = async (
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
