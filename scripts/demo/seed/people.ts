import type { Core } from '@strapi/strapi';
import { USER_UID } from '../../../server/src/constants';

export const LOGINS = {
  admin: { email: 'admin@tideline.example', password: 'Tideline-demo-1' },
  reader: { email: 'reader@example.com', password: 'tideline-demo' },
} as const;

export const seedAdmin = async (strapi: Core.Strapi): Promise<void> => {
  const users = strapi.service('admin::user');
  if (await users.exists()) return;
  const role = await strapi.service('admin::role').getSuperAdmin();
  await users.create({
    ...LOGINS.admin,
    firstname: 'Tideline',
    lastname: 'Editor',
    registrationToken: null,
    isActive: true,
    roles: [role.id],
  });
};

/** A reader who has signed up and not yet paid. */
export const seedReader = async (strapi: Core.Strapi): Promise<void> => {
  const { email, password } = LOGINS.reader;
  if (await strapi.db.query(USER_UID).findOne({ where: { email } })) return;
  const role = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } });
  await strapi.plugin('users-permissions').service('user').add({
    username: email,
    email,
    password,
    provider: 'local',
    confirmed: true,
    blocked: false,
    role: role.id,
  });
};
