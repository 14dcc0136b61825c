import type { Core } from '@strapi/strapi';
import { type GateSite } from '../integration/gate-support';

const READ_ALL = 'plugin::memberships.content.readAll';

/** What it takes to come to every door; whether it opens is for the gate to say. */
const ACTIONS = [
  ...['article', 'author', 'letter', 'note', 'category'].flatMap((name) => [
    `api::${name}.${name}.find`,
    `api::${name}.${name}.findOne`,
  ]),
  'api::home.home.find',
  'plugin::users-permissions.user.find',
  'plugin::users-permissions.user.findOne',
  'plugin::users-permissions.user.me',
  'api::article.article.update',
  'api::letter.letter.update',
  'plugin::upload.content-api.find',
  'plugin::upload.content-api.findOne',
];

const tick = async ({ db }: Core.Strapi, type: string): Promise<void> => {
  const permissions = db.query('plugin::users-permissions.permission');
  const role: { id: number } = await db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type } });
  const held: { action: string }[] = await permissions.findMany({ where: { role: role.id } });
  for (const action of ACTIONS) {
    if (held.some((one) => one.action === action)) continue;
    await permissions.create({ data: { action, role: role.id } });
  }
};

const addToken = async (strapi: Core.Strapi, name: string, permissions: string[]) => {
  const { accessKey }: { accessKey: string } = await strapi
    .service('admin::api-token')
    .create({ kind: 'content-api', name, type: 'custom', lifespan: null, permissions });
  return { token: accessKey };
};

/** Lets every viewer come to every door. @returns the viewers */
export const tickDoors = async ({ strapi, viewers }: GateSite): Promise<GateSite['viewers']> => {
  for (const type of ['public', 'authenticated', 'staff']) await tick(strapi, type);
  return {
    ...viewers,
    customToken: await addToken(strapi, 'leaks', ACTIONS),
    readAllToken: await addToken(strapi, 'leaks, all', [...ACTIONS, READ_ALL]),
  };
};
