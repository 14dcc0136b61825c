import type { Core } from '@strapi/strapi';
import { READ_ALL, UID, USER_UID } from '../../../server/src/constants';
import { ensureMember } from '../../../server/src/store';
import { TYPES } from './project';

/** `Authorization` of whoever asks. */
export interface Readers {
  visitor: Record<string, string>;
  /** May read everything: three grants, the last of the tier that includes all others. */
  reader: Record<string, string>;
  /** Has the action `readAll` by their role. */
  staff: Record<string, string>;
  /** A full-access API token. */
  token: Record<string, string>;
}

interface Created {
  id: number;
}

const DAY = 86_400_000;
const ROLE_UID = 'plugin::users-permissions.role';
const PERMISSION_UID = 'plugin::users-permissions.permission';

const READS = [...Object.values(TYPES).map(({ uid }) => uid), 'api::author.author'].flatMap(
  (uid) => [`${uid}.find`, `${uid}.findOne`]
);

const create = (strapi: Core.Strapi, uid: string, data: object): Promise<Created> =>
  strapi.db.query(uid).create({ data });

const roleOf = (strapi: Core.Strapi, type: string): Promise<Created> =>
  strapi.db.query(ROLE_UID).findOne({ where: { type } });

const allow = async (strapi: Core.Strapi, role: Created, actions: string[]): Promise<void> => {
  for (const action of actions) await create(strapi, PERMISSION_UID, { action, role: role.id });
};

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

const addUser = async (strapi: Core.Strapi, username: string, role: Created) => {
  const email = `${username}@bench.example`;
  const { id } = await create(strapi, USER_UID, {
    username,
    email,
    provider: 'local',
    confirmed: true,
    blocked: false,
    role: role.id,
  });
  const jwt: string = await strapi.plugin('users-permissions').service('jwt').issue({ id });
  return { user: { id, username, email }, headers: bearer(jwt) };
};

/** Over the free tier that an account comes with. */
const addGrants = async (strapi: Core.Strapi, member: number): Promise<void> => {
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString();
  const grants = [
    { slug: 'silver', startsAt: at(-390), endsAt: at(-30) },
    { slug: 'patron', startsAt: at(-30) },
  ];
  for (const { slug, ...grant } of grants) {
    const tier: Created = await strapi.db.query(UID.tier).findOne({ where: { slug } });
    await create(strapi, UID.grant, { ...grant, source: 'subscription', member, tier: tier.id });
  }
};

/** Everybody who asks in the benches, with what they need ticked. */
export const addReaders = async (strapi: Core.Strapi): Promise<Readers> => {
  const authenticated = await roleOf(strapi, 'authenticated');
  const staff = await create(strapi, ROLE_UID, { name: 'Staff', type: 'staff' });
  await allow(strapi, await roleOf(strapi, 'public'), READS);
  await allow(strapi, authenticated, READS);
  await allow(strapi, staff, [...READS, READ_ALL]);

  const reader = await addUser(strapi, 'reader', authenticated);
  await addGrants(strapi, (await ensureMember(strapi, reader.user)).id);
  const token: { accessKey: string } = await strapi.service('admin::api-token').create({
    kind: 'content-api',
    name: 'bench',
    type: 'full-access',
    lifespan: null,
  });
  return {
    visitor: {},
    reader: reader.headers,
    staff: (await addUser(strapi, 'staff', staff)).headers,
    token: bearer(token.accessKey),
  };
};
