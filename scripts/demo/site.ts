import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createStrapi, type Core } from '@strapi/strapi';
import { SITE } from './paths';

/** What the site's demo pages may do; see `tests/site/src/site-hook.js`. */
export interface Desk {
  /** Milliseconds. */
  now(): number;
  /** Absent with real Stripe, which keeps its own time. */
  advance?(step: { days: number; months: number }): Promise<void>;
  admin: boolean;
}

export interface SiteOptions {
  port: number;
  /** Absolute; the database, the uploads and the mails go into it. */
  folder: string;
  serveAdmin: boolean;
  desk: Desk;
  stripe: { secretKey: string; webhookSecret?: string | undefined; apiBase?: string | undefined };
}

export interface RunningSite {
  url: string;
  strapi: Core.Strapi;
  stop(): Promise<void>;
}

const HOOK = Symbol.for('memberships.site');

/**
 * Boots `tests/site` in this process: it shares the clock with the simulator, which a process of its
 * own could not.
 */
export const startSite = async (options: SiteOptions): Promise<RunningSite> => {
  const { port, folder, stripe, desk } = options;
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: path.join(folder, 'data.db'),
    MAILBOX_DIR: path.join(folder, 'mailbox'),
    PUBLIC_DIR: path.join(folder, 'public'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    STARTUP_LOG: 'false',
    AUTH_RATE_LIMIT: 'false',
    STRAPI_TELEMETRY_DISABLED: 'true',
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret ?? '',
    STRIPE_API_BASE: stripe.apiBase ?? '',
  });
  Reflect.set(globalThis, HOOK, {
    clock: () => desk.now(),
    desk,
    // The past readers are in the database alone: a night's walk would find that Stripe knows none of them.
    options: { reconcile: { hour: null } },
  });
  mkdirSync(path.join(folder, 'public/uploads'), { recursive: true });
  process.chdir(SITE);

  const strapi = await createStrapi({
    appDir: SITE,
    distDir: SITE,
    serveAdminPanel: options.serveAdmin,
    autoReload: false,
  }).load();
  strapi.server.mount();
  await new Promise<void>((resolve, reject) => {
    strapi.server.httpServer.once('error', reject);
    strapi.server.httpServer.listen(port, '127.0.0.1', resolve);
  });
  return { url, strapi, stop: () => strapi.destroy() };
};
