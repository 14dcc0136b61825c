import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createStrapi, type Core } from '@strapi/strapi';
import { buildWhatIsStale } from '../../../scripts/demo/build';
import { ROOT, TEMPORARY } from '../../../scripts/demo/paths';
import { openDatabase } from '../../support/database';
import { say } from '../support/bench';
import { writeProject } from './project';

export interface BenchSite {
  strapi: Core.Strapi;
  url: string;
  /** `sqlite`, `postgres` or `mysql`. */
  database: string;
  /** Resolves when every request was answered, those too whose asker has gone. */
  idle: () => Promise<void>;
  stop(): Promise<void>;
}

const KINDS: Readonly<Record<string, string>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
};

/** `DATABASE_URL` alone says enough: which kind, and where. */
const readDatabaseUrl = (): void => {
  const { DATABASE_URL: url, TEST_DATABASE: wanted } = process.env;
  if (!url) return;
  const kind = KINDS[new URL(url).protocol];
  if (!kind) throw new Error(`DATABASE_URL: ${new URL(url).protocol} is no database of Strapi's`);
  if (wanted && wanted !== kind) return;
  Object.assign(process.env, { TEST_DATABASE: kind, TEST_DATABASE_URL: url });
};

export interface BenchSiteOptions {
  /** Beside what every bench's site has. */
  env?: Record<string, string | undefined>;
  /** More files of the project. */
  write?: (folder: string) => void;
}

/**
 * Boots the site of the bench with the built plugin, as a site in production has it: the source by
 * way of a transpiler would be slower than what is shipped.
 */
export const bootBenchSite = async ({ env, write }: BenchSiteOptions = {}): Promise<BenchSite> => {
  await buildWhatIsStale({ admin: false }, say);
  readDatabaseUrl();
  const database = await openDatabase();
  mkdirSync(TEMPORARY, { recursive: true });
  const folder = mkdtempSync(path.join(TEMPORARY, 'bench-'));
  writeProject(folder);
  write?.(folder);
  for (const [key, value] of Object.entries({
    ...database.env,
    NODE_ENV: 'production',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    STARTUP_LOG: 'false',
    HOST: '127.0.0.1',
    STRAPI_TELEMETRY_DISABLED: 'true',
    STRIPE_SECRET_KEY: undefined,
    STRIPE_WEBHOOK_SECRET: undefined,
    ...env,
  })) {
    if (value === undefined) delete process.env[key];
    else process.env[key] = value;
  }
  process.chdir(folder);
  const created = createStrapi({
    appDir: folder,
    distDir: folder,
    serveAdminPanel: false,
    autoReload: false,
  });
  let open = 0;
  created.server.use(async (_ctx, next) => {
    open += 1;
    await next().finally(() => {
      open -= 1;
    });
  });
  const strapi = await created.load();
  strapi.server.mount();
  await new Promise<void>((resolve) => {
    strapi.server.httpServer.listen(0, '127.0.0.1', resolve);
  });
  const address = strapi.server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the site does not listen');
  const idle = async (): Promise<void> => {
    while (open > 0) await pause(5);
  };
  return {
    strapi,
    url: `http://127.0.0.1:${address.port}`,
    database: strapi.db.dialect.client,
    idle,
    async stop() {
      await idle();
      await strapi.destroy();
      await database.drop();
      // Nobody can start a process from a folder that is gone.
      process.chdir(ROOT);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
