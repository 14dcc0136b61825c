import type { Core } from '@strapi/strapi';
import { strapiTransaction } from '../strapi-services';

const codeOf = (error: unknown): string | null => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
};

const UNIQUE_CODES = new Set(['SQLITE_CONSTRAINT_UNIQUE', '23505', 'ER_DUP_ENTRY']);

/** Whether a database refused a row because a unique index already holds it. */
export const isDuplicate = (error: unknown): boolean => {
  const code = codeOf(error);
  return code !== null && UNIQUE_CODES.has(code);
};

const CONTENTION_CODES = new Set(['ER_LOCK_DEADLOCK', '40P01', '40001', ...UNIQUE_CODES]);
const TRIES = 5;

/**
 * The plugin's one kind of transaction: short, and with no request to anybody inside. SQLite has a
 * single connection, so a query outside the open transaction would wait for it until the pool gives
 * up; everything inside `work` joins it through Strapi's own async context.
 *
 * Two that meet are told apart by a unique index or a deadlock, and the loser looks again at once:
 * MySQL and MariaDB read from a snapshot that may be older than the lock they waited for. So `work`
 * may run more than once.
 */
export const transaction = async <T>(strapi: Core.Strapi, work: () => Promise<T>): Promise<T> => {
  const tries = strapi.db.inTransaction() ? 1 : TRIES;
  for (let tried = 1; ; tried += 1) {
    try {
      return await strapiTransaction(strapi, work);
    } catch (error) {
      if (tried >= tries || !CONTENTION_CODES.has(codeOf(error) ?? '')) throw error;
    }
  }
};

/** Runs `work` once the open transaction is committed; at once when none is open. */
export const afterCommit = async (strapi: Core.Strapi, work: () => void): Promise<void> => {
  if (!strapi.db.inTransaction()) return work();
  await strapiTransaction(strapi, ({ onCommit }) => {
    onCommit(work);
    return Promise.resolve();
  });
};
