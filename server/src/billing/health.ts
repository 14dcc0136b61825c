import type { Core } from '@strapi/strapi';
import type { Health } from '../../../contracts';
import { getConfig, now } from '../config';
import { STRIPE_API_VERSION } from '../constants';
import { nextNight } from '../domain/night';
import {
  countDeliveries,
  findCursor,
  lastReceived,
  latestRun,
  oldestPending,
  toIso,
} from '../store';
import type { StripeAccess } from './client';
import { inspect } from './endpoint';
import { machineNow } from './machine';
import { presentRun } from './reconcile/present';

export interface HealthDesk {
  /** Whether Strapi and Stripe agree; waits a few seconds for Stripe at most. */
  look(): Promise<Health>;
}

export const createHealth = (strapi: Core.Strapi, stripe: StripeAccess): HealthDesk => {
  const pace = async (): Promise<Health['pace']> => {
    const { perSecond, background, pausedUntil } = await stripe.pacer.look();
    const isPaused = pausedUntil > machineNow();
    return { perSecond, background, pausedUntil: isPaused ? toIso(pausedUntil) : null };
  };

  return {
    async look() {
      const { reconcile, revenue } = getConfig(strapi);
      const { url, registered, failure, account, warnings } = await inspect(strapi, stripe);
      const { configured, livemode } = stripe;
      const scope = { livemode, ...(account !== null && { account }) };
      const cursor = account === null ? null : await findCursor(strapi, { account, livemode });
      const run = configured ? await latestRun(strapi, scope) : null;
      const at = now(strapi);
      return {
        checkedAt: toIso(at),
        stripe: {
          configured,
          mode: configured ? (livemode ? 'live' : 'test') : null,
          account,
          reachable: configured ? failure === null : null,
          error: failure,
          apiVersion: STRIPE_API_VERSION,
          clockSkew: stripe.skew.clock,
        },
        site: await stripe.site(),
        endpoint: { url, registered, warnings },
        inbox: {
          ...(await countDeliveries(strapi, scope)),
          oldestPendingAt: await oldestPending(strapi, scope),
          lastReceivedAt: await lastReceived(strapi),
        },
        cursor: {
          upTo: cursor?.upTo ?? null,
          polledAt: cursor?.polledAt ?? null,
          found: cursor?.found ?? 0,
        },
        reconcile: run && (await presentRun(strapi, run)),
        nextReconcileAt:
          configured && reconcile.hour !== null
            ? toIso(nextNight(at, reconcile.hour, revenue.timeZone))
            : null,
        pace: await pace(),
      };
    },
  };
};
