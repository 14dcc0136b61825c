import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import {
  advanceRun,
  endRun,
  extend,
  latestRun,
  LeaseLost,
  tryAlone,
  type Lease,
  type RunRow,
  type Scope,
} from '../../store';
import type { StripeAccess } from '../client';
import { isMissing } from '../stripe-errors';
import { createLookups } from './lookups';
import { phaseAfter, phaseAt } from './phases';
import type { Page, WalkContext } from './walk';

/** A holder that was killed is passed over after this; renewed with every page. Milliseconds. */
const LEASE_MS = 60_000;

export const leaseName = ({ account, livemode }: Scope): string =>
  `reconcile:${account}:${livemode}`;

/** What Stripe will refuse the next time as well; an outage is waited for. */
const isFinal = (error: unknown): error is Error =>
  error instanceof Stripe.errors.StripeInvalidRequestError ||
  error instanceof Stripe.errors.StripePermissionError ||
  error instanceof Stripe.errors.StripeAuthenticationError;

/**
 * Walks through Stripe's lists page by page. Where it is stands in the run's row, so that whoever takes
 * it up after a kill goes on from the last page.
 */
export const createRunner = (strapi: Core.Strapi, stripe: StripeAccess, onQueued: () => void) => {
  let halted = false;

  /** An object that a page ended with may be deleted before the next is asked for: then from the top. */
  const readPage = async (context: WalkContext): Promise<Page> => {
    const { phase, position } = context.run;
    const [, read] = phaseAt(phase);
    try {
      return await read(context, position);
    } catch (error) {
      if (position === null || !isMissing(error)) throw error;
      return read(context, null);
    }
  };

  const walk = async (scope: Scope, begun: RunRow, lease: Lease): Promise<void> => {
    let run = begun;
    const lookups = createLookups(stripe);
    const newcomers = new Set<string>();
    const isWritable = (await stripe.site()).confirmed;
    while (!halted) {
      const [phase] = phaseAt(run.phase);
      const { count, next, drifts } = await readPage({
        strapi,
        stripe,
        scope,
        run,
        lookups,
        newcomers,
        isWritable,
      });
      await extend(strapi, lease, LEASE_MS);
      const queued = run.queued;
      run = await advanceRun(
        strapi,
        lease,
        { ...run, phase },
        { phase, position: next, count, drifts }
      );
      if (run.queued > queued) onQueued();
      if (next !== null) continue;
      const following = phaseAfter(phase);
      if (following === null) return endRun(strapi, run, 'done');
      const step = { phase: following, position: null, count: 0, drifts: [] };
      run = await advanceRun(strapi, lease, run, step);
    }
  };

  return {
    /** Goes on with the run that is under way, unless another instance does. */
    async go(scope: Scope): Promise<void> {
      await tryAlone(strapi, leaseName(scope), LEASE_MS, async (lease) => {
        const run = await latestRun(strapi, scope, { status: 'running' });
        if (!run) return;
        try {
          await walk(scope, run, lease);
        } catch (error) {
          // Taken up by another instance, which goes on from the last page.
          if (error instanceof LeaseLost) return;
          if (isFinal(error)) await endRun(strapi, run, 'failed', error.message);
          throw error;
        }
      });
    },
    /** Lets the page that is being compared end, and begins no other. */
    halt: () => {
      halted = true;
    },
  };
};
