import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStrapi, type Core } from '@strapi/strapi';
import supertest from 'supertest';
import { createMailbox, type Mailbox } from './mailbox';

const SITE = path.resolve(__dirname, '../site');
const SOURCE = path.resolve(__dirname, 'plugin');

export interface BootOptions {
  /** Options of the plugin, over the site's own. */
  options?: Record<string, unknown>;
  /** Start of the site's clock, in milliseconds; it stands still until it is moved. */
  now?: number;
  /** Environment of this boot, e.g. `MEMBERSHIPS_ENABLED: 'false'`. */
  env?: Record<string, string | undefined>;
  /** A database file of an earlier boot, to boot the same site again. */
  database?: string;
}

export interface Site {
  strapi: Core.Strapi;
  /** Requests to the booted site, without a socket of our own. */
  http: ReturnType<typeof supertest>;
  /** `http://127.0.0.1:<port>` once `listen` was called. */
  url: string;
  database: string;
  mailbox: Mailbox;
  clock: { now: number };
  /** Stops the site; keeps the database file when told to. */
  stop(keep?: { database: boolean }): Promise<void>;
}

const HOOK = Symbol.for('memberships.site');

/**
 * Boots `tests/site` with the plugin's source on a SQLite file of its own and listens on a free port.
 * One boot takes seconds: once per test file.
 */
export const bootSite = async (given: BootOptions = {}): Promise<Site> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'memberships-'));
  const database = given.database ?? path.join(folder, 'data.db');
  const mailbox = createMailbox(path.join(folder, 'mailbox'));
  const clock = { now: given.now ?? Date.UTC(2026, 0, 15, 12) };

  const env: Record<string, string | undefined> = {
    NODE_ENV: 'test',
    DATABASE_FILENAME: database,
    MAILBOX_DIR: mailbox.folder,
    MEMBERSHIPS_PLUGIN: SOURCE,
    AUTH_RATE_LIMIT: 'false',
    STRAPI_TELEMETRY_DISABLED: 'true',
    STRIPE_SECRET_KEY: undefined,
    STRIPE_WEBHOOK_SECRET: undefined,
    STRIPE_API_BASE: undefined,
    PUBLIC_URL: undefined,
    ...given.env,
  };
  const before = Object.fromEntries(Object.keys(env).map((key) => [key, process.env[key]]));
  const setEnv = (values: Record<string, string | undefined>) => {
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
  };

  setEnv(env);
  Reflect.set(globalThis, HOOK, { clock: () => clock.now, options: given.options ?? {} });
  process.chdir(SITE);
  const strapi = await createStrapi({
    appDir: SITE,
    distDir: SITE,
    serveAdminPanel: false,
    autoReload: false,
  }).load();
  await strapi.server.mount();
  await new Promise<void>((resolve) => {
    strapi.server.httpServer.listen(0, '127.0.0.1', resolve);
  });
  const address = strapi.server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the site does not listen');
  const url = `http://127.0.0.1:${address.port}`;

  return {
    strapi,
    http: supertest(url),
    url,
    database,
    mailbox,
    clock,
    async stop(keep) {
      await strapi.destroy();
      Reflect.deleteProperty(globalThis, HOOK);
      setEnv(before);
      if (!keep?.database) await rm(folder, { recursive: true, force: true });
    },
  };
};
