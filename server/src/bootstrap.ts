import type { Core } from '@strapi/strapi';
import { bootstrapPermissions } from './permissions';
import { persistTables } from './store';

/** After the schema is there: permissions, and what runs by itself. */
const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await persistTables(strapi);
  await bootstrapPermissions(strapi);
};

export default bootstrap;
