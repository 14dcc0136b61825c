import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex from 'knex';

/** Environment of the site's `config/database.js`. */
type Env = Record<string, string | undefined>;

/** A database that no other boot sees: a SQLite file, a PostgreSQL schema or a MariaDB database. */
export interface TestDatabase {
  /** What boots the same site again: the file, or the schema's or database's name. */
  name: string;
  env: Env;
  /** Settings of Knex's pool, where this kind has any of its own. */
  pool?: { afterCreate(connection: Connection, done: Done): void };
  drop(): Promise<void>;
}

/** What better-sqlite3 hands to Knex. */
interface Connection {
  pragma(statement: string): unknown;
}
type Done = (error: Error | null, connection: Connection) => void;

interface Kind {
  /** Finds an earlier boot's database by its name, else makes one. */
  open(existing?: string, content?: Buffer): Promise<TestDatabase>;
}

const NOTHING: Env = { DATABASE_URL: undefined, DATABASE_SSL: undefined };

const freshName = (): string => `memberships_test_${randomBytes(6).toString('hex')}`;

const sqlite: Kind = {
  async open(existing, content) {
    const name = existing ?? path.join(await mkdtemp(path.join(tmpdir(), 'memberships-')), 'db');
    if (content) await writeFile(name, content);
    return {
      name,
      env: { ...NOTHING, DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: name },
      pool: {
        afterCreate(connection, done) {
          // No test outlives a power cut, and waiting for the disk takes longer than the statements.
          connection.pragma('synchronous = OFF');
          connection.pragma('journal_mode = MEMORY');
          done(null, connection);
        },
      },
      drop: async () => {
        // Only a folder of our own goes as a whole; a file that a test brought along goes alone.
        const folder = path.dirname(name);
        const isOurs = path.basename(folder).startsWith('memberships-');
        await rm(isOurs ? folder : name, { recursive: true, force: true });
      },
    };
  },
};

const SERVERS = {
  postgres: 'postgres://postgres@127.0.0.1:5432/test',
  mysql: 'mysql://root@127.0.0.1:3306/test',
};

/** Runs one statement on a connection of its own. */
const run = async (client: 'pg' | 'mysql2', url: string, sql: string): Promise<void> => {
  const server = knex({ client, connection: url, pool: { min: 0, max: 1 } });
  try {
    await server.raw(sql);
  } finally {
    await server.destroy();
  }
};

const serverOf = (client: keyof typeof SERVERS): string =>
  process.env.TEST_DATABASE_URL ?? SERVERS[client];

const postgres: Kind = {
  async open(existing) {
    const url = serverOf('postgres');
    const name = existing ?? freshName();
    await run('pg', url, `CREATE SCHEMA IF NOT EXISTS "${name}"`);
    return {
      name,
      env: {
        ...NOTHING,
        DATABASE_CLIENT: 'postgres',
        DATABASE_URL: url,
        DATABASE_SCHEMA: name,
        DATABASE_PASSWORD: '',
      },
      drop: () => run('pg', url, `DROP SCHEMA IF EXISTS "${name}" CASCADE`),
    };
  },
};

const mysql: Kind = {
  async open(existing) {
    const url = serverOf('mysql');
    const name = existing ?? freshName();
    const own = new URL(url);
    own.pathname = `/${name}`;
    await run('mysql2', url, `CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4`);
    return {
      name,
      env: {
        ...NOTHING,
        DATABASE_CLIENT: 'mysql',
        DATABASE_URL: own.href,
        DATABASE_PASSWORD: '',
      },
      drop: () => run('mysql2', url, `DROP DATABASE IF EXISTS \`${name}\``),
    };
  },
};

const KINDS: Readonly<Record<string, Kind>> = { sqlite, postgres, mysql, mariadb: mysql };

const wantedKind = (): Kind => {
  const wanted = process.env.TEST_DATABASE || 'sqlite';
  const kind = KINDS[wanted];
  if (!kind)
    throw new Error(`TEST_DATABASE: ${wanted} is none of ${Object.keys(KINDS).join(', ')}`);
  return kind;
};

/** Whether a database is a file, whose bytes make another. */
export const isFile = (): boolean => wantedKind() === sqlite;

/**
 * The database of one boot. `TEST_DATABASE` says which kind (`sqlite` when absent, `postgres`,
 * `mysql`), `TEST_DATABASE_URL` where its server is.
 *
 * @param existing name of an earlier boot's
 * @param content bytes that a new file begins with; servers pass it over
 */
export const openDatabase = (existing?: string, content?: Buffer): Promise<TestDatabase> =>
  wantedKind().open(existing, content);
