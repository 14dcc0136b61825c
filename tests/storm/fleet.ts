import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../support/database';
import { createSiteProcess, type SiteProcess } from './site-process';
import type { Question, Row } from './protocol';

/** The sites of a storm: one database, one time, several processes. */
export interface Fleet {
  ports(): number[];
  /** Asks one that is up. */
  ask(question: Question): Promise<unknown>;
  rows(uid: string, populate?: string[]): Promise<Row[]>;
  /** Every instance has worked off what was due. */
  idle(): Promise<void>;
  /** Lets the site compare itself with Stripe and repair what differs. @returns the keys that did */
  reconcile(): Promise<string[]>;
  /** Kills one, and starts another in its place after a while. */
  strike(which: number, downMs: number): Promise<void>;
  /** Resolves when all of them are up again. */
  whole(): Promise<void>;
  kills(): number;
  stop(): Promise<void>;
  /** Of this fleet alone: the mails and the clock. */
  folder: string;
}

export interface FleetOptions {
  database: string;
  instances: number;
  env: Record<string, string | undefined>;
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export const makeFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'memberships-storm-'));
  // The site makes it with its first mail; a small storm may send none.
  mkdirSync(path.join(folder, 'mailbox'));
  return folder;
};

export const openFleet = async (folder: string, options: FleetOptions): Promise<Fleet> => {
  process.env.TEST_DATABASE = options.database;
  const database = await openDatabase();
  const env = {
    NODE_ENV: 'production',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    STARTUP_LOG: 'false',
    HOST: '127.0.0.1',
    GRAPHQL_ENABLED: 'false',
    AUTH_RATE_LIMIT: 'false',
    STRAPI_TELEMETRY_DISABLED: 'true',
    MEMBERSHIPS_PLUGIN: path.resolve(__dirname, '../support/plugin'),
    MAILBOX_DIR: path.join(folder, 'mailbox'),
    STORM_CLOCK: path.join(folder, 'clock'),
    ...database.env,
    ...options.env,
  };
  const sites: SiteProcess[] = Array.from({ length: options.instances }, () =>
    createSiteProcess(env)
  );
  // One after the other: the first makes the tables.
  for (const site of sites) await site.start();

  let kills = 0;
  const returning = new Set<Promise<void>>();
  const up = (): SiteProcess[] => sites.filter((site) => site.port() !== null);

  const ask = (question: Question): Promise<unknown> => {
    const [site] = up();
    return site ? site.ask(question) : Promise.reject(new Error('Every site is down'));
  };

  return {
    folder,
    ports: () => sites.flatMap((site) => site.port() ?? []),
    ask,
    async rows(uid, populate = []) {
      const rows = await ask({ ask: 'rows', uid, populate });
      return JSON.parse(JSON.stringify(rows));
    },
    async idle() {
      await Promise.all(up().map((site) => site.ask({ ask: 'idle' })));
    },
    async reconcile() {
      const keys = await ask({ ask: 'reconcile' });
      return Array.isArray(keys) ? keys.map(String) : [];
    },
    async strike(which, downMs) {
      const site = sites[which % sites.length];
      if (!site || site.port() === null) return;
      kills += 1;
      await site.kill();
      const back = pause(downMs)
        .then(() => site.start())
        .finally(() => returning.delete(back));
      returning.add(back);
    },
    async whole() {
      await Promise.all(returning);
    },
    kills: () => kills,
    async stop() {
      await Promise.allSettled(returning);
      await Promise.all(sites.map((site) => site.kill()));
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
