import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { componentTable } from '../../store/files';
import { beforeSync } from '../../strapi-services';
import type { Files } from './files';

const FILE_UID = 'plugin::upload.file';

/** Short enough for every database, and different for every table. */
const indexName = (table: string): string =>
  `memberships_files_${createHash('sha256').update(table).digest('hex').slice(0, 12)}`;

/**
 * Strapi looks for files by their entries, never by their hash, and for components by what holds
 * them, never the other way round: without these indexes each picture asked for would read whole
 * tables. They come with the schema's next synchronisation, and go with the plugin.
 */
export const indexFiles = (strapi: Core.Strapi, files: () => Files): void => {
  beforeSync(strapi).register(() => {
    const { active, places } = files();
    if (!active) return;
    const { metadata } = strapi.db;
    metadata.get(FILE_UID).indexes.push({ name: 'memberships_files_hash', columns: ['hash'] });
    const parents = [...places.protectedComponents].flatMap((uid) => places.parentsOf(uid));
    const tables = new Map(
      parents.map((parent) => {
        const table = componentTable(strapi, parent);
        return [table.plainName, table];
      })
    );
    for (const { plainName, component, type } of tables.values()) {
      metadata
        .get(plainName)
        .indexes.push({ name: indexName(plainName), columns: [component, type] });
    }
  });
};
