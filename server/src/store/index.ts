import type { Core } from '@strapi/strapi';
import { modelsOf } from '../strapi-services';
import { inboxModel, lockModel } from './models';
import { resolveRelations } from './relations';

export { openAccount } from './accounts';
export { announce } from './announce';
export { applyChange } from './apply';
export { tiersByPrice } from './catalogue';
export * from './member-list';
export * from './members';
export * from './messages';
export { memberChanges } from './movements';
export * from './payers';
export { countHolders } from './holders';
export * from './inbox';
export * from './inbox-list';
export type { Scope } from './known';
export * from './locks';
export { persistTables } from './persist';
export { table, type Table } from './table';
export { loadTierMap } from './tier-map';
export { afterCommit, isDuplicate, transaction } from './transaction';
export * from './time';
export type * from './rows';

/**
 * Adds the hidden models, which must be there before Strapi synchronises the schema, and teaches the
 * Document Service our relations.
 */
export const registerStore = (strapi: Core.Strapi): void => {
  for (const model of [inboxModel, lockModel]) modelsOf(strapi).add(model);
  resolveRelations(strapi);
};
