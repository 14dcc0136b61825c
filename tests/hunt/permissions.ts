import type { Core } from '@strapi/strapi';
import { type GateSite } from '../integration/gate-support';
import { type Schema } from './schema';

const READ_ALL = 'plugin::memberships.content.readAll';

/** Every route that reads, of the site's own types and of Strapi's plugins. */
const readsOf = ({ own }: Schema): string[] => [
  ...own.flatMap(({ uid, kind }) =>
    kind === 'singleType' ? [`${uid}.find`] : [`${uid}.find`, `${uid}.findOne`]
  ),
  'plugin::users-permissions.user.find',
  'plugin::users-permissions.user.findOne',
  'plugin::users-permissions.user.me',
  'plugin::upload.content-api.find',
  'plugin::upload.content-api.findOne',
];

const tick = async ({ db }: Core.Strapi, type: string, actions: string[]): Promise<void> => {
  const permissions = db.query('plugin::users-permissions.permission');
  const role: { id: number } = await db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type } });
  const held: { action: string }[] = await permissions.findMany({ where: { role: role.id } });
  for (const action of actions) {
    if (held.some((one) => one.action === action)) continue;
    await permissions.create({ data: { action, role: role.id } });
  }
};

/** Lets every viewer come to every door that reads. @returns the viewers */
export const tickReads = async (
  { strapi, viewers }: GateSite,
  schema: Schema
): Promise<GateSite['viewers']> => {
  const reads = readsOf(schema);
  for (const type of ['public', 'authenticated', 'staff']) await tick(strapi, type, reads);
  const token = async (name: string, permissions: string[]) => {
    const { accessKey }: { accessKey: string } = await strapi
      .service('admin::api-token')
      .create({ kind: 'content-api', name, type: 'custom', lifespan: null, permissions });
    return { token: accessKey };
  };
  return {
    ...viewers,
    customToken: await token('hunt', reads),
    readAllToken: await token('hunt, all', [...reads, READ_ALL]),
  };
};
