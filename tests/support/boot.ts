import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { createStrapi, type Core } from '@strapi/strapi';
import supertest from 'supertest';
import { transports } from 'winston';
import plugin from '../../server/src';
import { USER_UID } from '../../server/src/constants';
import { isFile, openDatabase, type TestDatabase } from './database';
import { createMailbox, type Mailbox } from './mailbox';

const SITE = path.resolve(__dirname, '../site');
const SOURCE = path.resolve(__dirname, 'plugin');

export interface BootOptions {
  /** Options of the plugin, over the site's own. */
  options?: Record<string, unknown>;
  /** Start of the site's clock, in milliseconds; it stands still until it is moved. */
  now?: number;
  /** The site's clock itself, e.g. one that follows the simulator's. */
  clock?: { now: number };
  /** Environment of this boot, e.g. `MEMBERSHIPS_ENABLED: 'false'`. */
  env?: Record<string, string | undefined>;
  /** `database` of an earlier boot, to boot the same site again. */
  database?: string;
  /** On an empty database, where it matters that no boot came before; others begin with `template`. */
  first?: boolean;
}

export interface Site {
  strapi: Core.Strapi;
  /** Requests to the booted site, without a socket of our own. */
  http: ReturnType<typeof supertest>;
  /** `http://127.0.0.1:<port>` once `listen` was called. */
  url: string;
  /** A file; a schema or database where `TEST_DATABASE` names a server. */
  database: string;
  mailbox: Mailbox;
  /** Every line the site logged, at every level. */
  logs: string[];
  clock: { now: number };
  /** Stops the site and drops its database, unless told to keep that for another boot. */
  stop(keep?: { database: boolean }): Promise<void>;
}

/** Read before a boot sets its own. */
const SHOWN_LEVEL = process.env.LOG_LEVEL ?? 'error';

const HOOK = Symbol.for('memberships.site');
/** Kept for as long as the process runs: every test file has a copy of this module. */
const TEMPLATE = Symbol.for('memberships.template');

/**
 * Keeps every line a site logs. What a test expects to go wrong is no news, so only errors are shown;
 * `LOG_LEVEL=debug npx jest …` shows more.
 */
const keepLogs = ({ log }: Core.Strapi): string[] => {
  const lines: string[] = [];
  for (const shown of log.transports) shown.level = SHOWN_LEVEL;
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  log.add(new transports.Stream({ stream, level: 'silly' }));
  return lines;
};

/** No password of a test is worth the tenth of a second that hashing one takes by default. */
const hashCheaply = (strapi: Core.Strapi): void => {
  const { password } = strapi.contentType(USER_UID).attributes;
  Object.assign(password ?? {}, { encryption: { rounds: 4 } });
};

/** As far as Strapi's own router objects are looked into. */
interface Routers {
  routes?: Record<string, { routes?: { request?: { query?: object } }[] }>;
}

/**
 * Strapi notes query parameters that a plugin adds on the site's route objects, which Node keeps from
 * one boot of this process to the next: the second would be told that they are there already.
 */
const forgetQueryParams = (strapi: Core.Strapi): void => {
  for (const api of Object.values<Routers>(strapi.apis)) {
    for (const router of Object.values(api.routes ?? {})) {
      for (const { request } of router.routes ?? []) {
        if (request?.query) Reflect.deleteProperty(request.query, 'membership');
      }
    }
  }
};

/**
 * A database on which the site was booted once, without Stripe. Making every table and permission
 * takes two thirds of a boot, and is the same for all.
 */
const template = async (): Promise<Buffer> => {
  const site = await bootSite({ first: true });
  await site.stop({ database: true });
  const content = await readFile(site.database);
  await (await openDatabase(site.database)).drop();
  return content;
};

const databaseOf = async ({ database, first }: BootOptions): Promise<TestDatabase> => {
  if (database !== undefined || first || !isFile()) return openDatabase(database);
  const content: Buffer = Reflect.get(globalThis, TEMPLATE) ?? (await template());
  Reflect.set(globalThis, TEMPLATE, content);
  return openDatabase(undefined, content);
};

const RUNNING = Symbol.for('memberships.running');

/** A file that failed before it could stop its site leaves it to the next file of its worker. */
const stopLeft = async (): Promise<void> => {
  const stop: (() => Promise<void>) | undefined = Reflect.get(globalThis, RUNNING);
  await stop?.();
};

/**
 * Boots `tests/site` with the plugin's source on a database of its own and listens on a free port.
 * One boot takes seconds: once per test file.
 */
export const bootSite = async (given: BootOptions = {}): Promise<Site> => {
  await stopLeft();
  const database = await databaseOf(given);
  const folder = await mkdtemp(path.join(tmpdir(), 'memberships-mail-'));
  const mailbox = createMailbox(folder);
  const clock = given.clock ?? { now: given.now ?? Date.UTC(2026, 0, 15, 12) };

  const env: Record<string, string | undefined> = {
    NODE_ENV: 'test',
    ...database.env,
    // Everything is kept in `logs`; little of it is shown.
    LOG_LEVEL: 'silly',
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
  Reflect.set(globalThis, HOOK, { clock: () => clock.now, options: given.options ?? {}, plugin });
  process.chdir(SITE);
  const created = createStrapi({
    appDir: SITE,
    distDir: SITE,
    serveAdminPanel: false,
    autoReload: false,
  });
  if (database.pool) created.config.set('database.connection.pool', database.pool);
  const logs = keepLogs(created);
  const cleanUp = async (keep: boolean): Promise<void> => {
    Reflect.deleteProperty(globalThis, HOOK);
    setEnv(before);
    await rm(folder, { recursive: true, force: true });
    if (!keep) await database.drop();
  };
  const strapi = await created.load().catch(async (error: unknown) => {
    await created.destroy().catch(() => undefined);
    forgetQueryParams(created);
    await cleanUp(given.database !== undefined);
    throw error;
  });
  hashCheaply(strapi);
  strapi.server.mount();
  await new Promise<void>((resolve) => {
    strapi.server.httpServer.listen(0, '127.0.0.1', resolve);
  });
  const address = strapi.server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('the site does not listen');
  const url = `http://127.0.0.1:${address.port}`;
  const stop: Site['stop'] = async (keep) => {
    Reflect.deleteProperty(globalThis, RUNNING);
    await strapi.destroy();
    forgetQueryParams(strapi);
    await cleanUp(keep?.database === true);
  };
  Reflect.set(globalThis, RUNNING, stop);

  return {
    strapi,
    http: supertest(url),
    url,
    database: database.name,
    mailbox,
    logs,
    clock,
    stop,
  };
};
