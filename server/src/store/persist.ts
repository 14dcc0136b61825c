import type { Core } from '@strapi/strapi';
import { HIDDEN_UID, UID } from '../constants';
import { property } from '../strapi-services';

const KEY = { type: 'core', key: 'persisted_tables' } as const;

/** The list holds names, or objects with one. */
const nameOf = (entry: unknown): unknown =>
  typeof entry === 'string' ? entry : property(entry, 'name');

/** Every table of ours: the types' own and the join tables of their relations. */
const ownTables = (strapi: Core.Strapi): string[] =>
  [...Object.values(UID), ...Object.values(HIDDEN_UID)].flatMap((uid) => {
    const meta = strapi.db.metadata.get(uid);
    const joins = Object.values(meta.attributes).flatMap((attribute) =>
      'joinTable' in attribute && attribute.joinTable ? [attribute.joinTable.name] : []
    );
    return [meta.tableName, ...joins];
  });

/**
 * Strapi drops the tables of a plugin that is switched off for one boot, unless the core store lists
 * them (`@strapi/database` schema/diff: `persisted_tables`). Ours hold people's income: they stay.
 */
export const persistTables = async (strapi: Core.Strapi): Promise<void> => {
  const stored: unknown = await strapi.store.get(KEY);
  const present: unknown[] = Array.isArray(stored) ? stored : [];
  const missing = ownTables(strapi).filter(
    (name) => !present.some((entry) => nameOf(entry) === name)
  );
  if (missing.length > 0) {
    await strapi.store.set({ ...KEY, value: [...present, ...missing] });
  }
};
