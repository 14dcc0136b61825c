import type { Core } from '@strapi/strapi';
import { inboxModel, lockModel } from './models';

export { persistTables } from './persist';
export { table, tableName, type Table } from './table';
export { isDuplicate, transaction } from './transaction';
export type * from './rows';

/** Adds the hidden models; they must be there before Strapi synchronises the schema. */
export const registerStore = (strapi: Core.Strapi): void => {
  for (const model of [inboxModel, lockModel]) strapi.get('models').add(model);
};
