import type { Core } from '@strapi/strapi';
import type { Difference, Paged, ReconcileReport, ReconcileRun } from '../../../../contracts';
import { getConfig, now } from '../../config';
import { lastNight } from '../../domain/night';
import { conflict, notFound } from '../../errors';
import {
  alone,
  applyRun,
  beginRun,
  endRun,
  findRun,
  forgetRuns,
  latestRun,
  listDrifts,
  toMs,
  type DriftRow,
  type RunRow,
  type Scope,
} from '../../store';
import type { StripeAccess } from '../client';
import { askStripe } from '../stripe-errors';
import { createCursor } from './cursor';
import { presentRun } from './present';
import { createRunner } from './run';

/** Keeps the mirror what Stripe says, whatever was lost on the way. */
export interface Reconcile {
  /** Looks for events that no delivery brought, when it is time to. @returns whether there is work */
  poll(): Promise<boolean>;
  /** Begins the night's walk when it is due, and goes on with the one that is under way. */
  walk(onQueued: () => void): Promise<void>;
  /**
   * Begins a comparison that only reports.
   *
   * @param by the admin who asked for it
   * @throws RequestError 409 `busy` while one is under way, 503
   */
  start(by: string | null): Promise<ReconcileRun>;
  report(query: { page: number; pageSize: number }): Promise<ReconcileReport | null>;
  /**
   * Queues the repair of what a run found.
   *
   * @param keys all of it when absent
   * @throws RequestError 404
   */
  apply(id: number, keys?: readonly string[]): Promise<number>;
  halt(): void;
}

const BEGIN_LEASE_MS = 10_000;
const RUNS_KEPT = 60 * 86_400_000;

const present = ({ key, kind, fields, more, status }: DriftRow): Difference => ({
  key,
  kind,
  fields: fields ?? [],
  more,
  status,
});

export const createReconcile = (strapi: Core.Strapi, stripe: StripeAccess): Reconcile => {
  const cursor = createCursor(strapi, stripe.paced);
  let queued = (): void => undefined;
  const runner = createRunner(strapi, stripe.paced, () => queued());

  /** One at a time: what two walks find is the same. */
  const begin = (
    scope: Scope,
    given: Pick<RunRow, 'trigger' | 'repairs' | 'startedBy'>,
    isWanted: (latest: RunRow | null) => Promise<boolean>
  ): Promise<RunRow | null> =>
    alone(
      strapi,
      `reconcile-begin:${scope.account}:${scope.livemode}`,
      BEGIN_LEASE_MS,
      async () => {
        const running = await latestRun(strapi, scope, { status: 'running' });
        return (await isWanted(running)) ? beginRun(strapi, scope, given) : null;
      }
    );

  /** Since the last time the night's hour came, nobody has walked to repair. */
  const isNightDue = async (scope: Scope): Promise<boolean> => {
    const { reconcile, revenue } = getConfig(strapi);
    if (reconcile.hour === null) return false;
    const last = await latestRun(strapi, scope, { repairs: true });
    const night = lastNight(now(strapi), reconcile.hour, revenue.timeZone);
    return !last || toMs(last.startedAt) < night;
  };

  const beginNight = async (scope: Scope): Promise<void> => {
    if (!(await isNightDue(scope))) return;
    await begin(scope, { trigger: 'night', repairs: true, startedBy: null }, async (running) => {
      if (running?.repairs || !(await isNightDue(scope))) return false;
      // One that only reports and was left for a day is not waited for.
      if (running) await endRun(strapi, running, 'stopped');
      return true;
    });
    await forgetRuns(strapi, now(strapi) - RUNS_KEPT);
  };

  return {
    async poll() {
      const { work, gap } = await cursor.poll();
      if (gap) {
        const scope = await stripe.scope();
        const given = { trigger: 'gap' as const, repairs: true, startedBy: null };
        await begin(scope, given, (running) => Promise.resolve(!running?.repairs));
      }
      return work;
    },
    async walk(onQueued) {
      queued = onQueued;
      const scope = await stripe.scope();
      await beginNight(scope);
      if (await latestRun(strapi, scope, { status: 'running' })) await runner.go(scope);
    },
    async start(by) {
      const scope = await askStripe(() => stripe.scope());
      const given = { trigger: 'admin' as const, repairs: false, startedBy: by };
      const run = await begin(scope, given, (running) => Promise.resolve(running === null));
      if (!run) throw conflict('A comparison is under way', { code: 'busy' });
      return presentRun(strapi, run);
    },
    async report({ page, pageSize }) {
      const { livemode } = stripe;
      const run = await latestRun(strapi, { livemode });
      if (!run) return null;
      const { rows, total } = await listDrifts(strapi, run.id, { page, pageSize });
      const pageCount = Math.ceil(total / pageSize);
      const differences: Paged<Difference> = {
        data: rows.map(present),
        meta: { pagination: { page, pageSize, pageCount, total } },
      };
      return { run: await presentRun(strapi, run), differences };
    },
    async apply(id, keys) {
      const run = await findRun(strapi, id);
      const scope = await askStripe(() => stripe.scope());
      // What another account or mode lacks, nobody could fetch from here.
      const isHere = run?.account === scope.account && run.livemode === scope.livemode;
      if (!run || !isHere) throw notFound('There is no such run', { field: 'id' });
      return applyRun(strapi, run, keys);
    },
    halt: () => runner.halt(),
  };
};
