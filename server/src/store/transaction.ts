import type { Core } from '@strapi/strapi';
import { strapiTransaction } from '../strapi-services';

/**
 * The plugin's one kind of transaction: short, and with no request to anybody inside. SQLite has a
 * single connection, so a query outside the open transaction would wait for it until the pool gives
 * up; everything inside `work` joins it through Strapi's own async context.
 */
export const transaction = <T>(strapi: Core.Strapi, work: () => Promise<T>): Promise<T> =>
  strapiTransaction(strapi, work);

const UNIQUE_CODES = new Set(['SQLITE_CONSTRAINT_UNIQUE', '23505', 'ER_DUP_ENTRY']);

/** Whether a database refused a row because a unique index already holds it. */
export const isDuplicate = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && UNIQUE_CODES.has(error.code);
};

/** Runs `work` once the open transaction is committed; at once when none is open. */
export const afterCommit = async (strapi: Core.Strapi, work: () => void): Promise<void> => {
  if (!strapi.db.inTransaction()) return work();
  await strapiTransaction(strapi, ({ onCommit }) => {
    onCommit(work);
    return Promise.resolve();
  });
};
