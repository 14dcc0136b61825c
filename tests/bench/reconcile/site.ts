import type { Core } from '@strapi/strapi';
import { startSite, type RunningSite } from '../../../scripts/demo/site';

/** As far as the plugin's services are used; the site runs what was built. */
export interface Billing extends Core.Service {
  worker: { syncNow(key: string): Promise<void> };
  reconcile: { start(by: string | null): Promise<{ id: number }> };
}
export interface Background extends Core.Service {
  wake(): void;
  idle(): Promise<void>;
}

export const serviceOf = <Service extends Core.Service>(
  strapi: Core.Strapi,
  name: string
): Service => strapi.plugin('memberships').service<Service>(name);

/**
 * Boots the site of the bench, by the environment. It loads what any site loads and nothing of the
 * simulator: whose types alone, with the compiler that reads them, are ninety megabytes.
 */
export const openSite = (): Promise<RunningSite> => {
  const { BENCH_FOLDER = '', BENCH_PORT = '' } = process.env;
  const { STRIPE_SECRET_KEY: secretKey = '', STRIPE_API_BASE: apiBase = '' } = process.env;
  return startSite({
    port: Number(BENCH_PORT),
    folder: BENCH_FOLDER,
    serveAdmin: false,
    desk: { now: () => Date.now(), admin: false },
    stripe: { secretKey, apiBase, webhookSecret: 'whsec_bench' },
  });
};
