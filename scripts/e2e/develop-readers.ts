import type { Core } from '@strapi/strapi';
import { UID, USER_UID } from '../../server/src/constants';

/** Who reads in the proof: each signs in by the site's own form. */
export const READERS = ['account', 'free', 'silver', 'gold'] as const;
export type ReaderName = (typeof READERS)[number];

export const PASSWORD = 'Tideline-e2e-1';
export const emailOf = (name: ReaderName): string => `develop-${name}@example.com`;

/** The plugin makes one as soon as there is an account, unless we are first. */
const memberOf = async (strapi: Core.Strapi, user: number): Promise<{ id: number }> => {
  const members = strapi.db.query(UID.member);
  const find = (): Promise<{ id: number } | null> =>
    members.findOne({ where: { user: { id: user } } });
  const present = await find();
  if (present) return present;
  try {
    return await members.create({ data: { user } });
  } catch (error) {
    const meanwhile = await find();
    if (!meanwhile) throw error;
    return meanwhile;
  }
};

const addReader = async (strapi: Core.Strapi, name: ReaderName, role: number): Promise<void> => {
  const email = emailOf(name);
  const user: { id: number } = await strapi.plugin('users-permissions').service('user').add({
    username: email,
    email,
    password: PASSWORD,
    provider: 'local',
    confirmed: true,
    blocked: false,
    role,
  });
  if (name === 'account') return;
  const member = await memberOf(strapi, user.id);
  const tier: { id: number } = await strapi.db.query(UID.tier).findOne({ where: { slug: name } });
  const grants = strapi.db.query(UID.grant);
  const held = { member: member.id, tier: tier.id };
  // A free tier comes with the account.
  if (await grants.findOne({ where: held })) return;
  await grants.create({
    data: { ...held, source: 'complimentary', startsAt: new Date(Date.now() - 1000).toISOString() },
  });
};

export const seedReaders = async (strapi: Core.Strapi): Promise<void> => {
  const role: { id: number } = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } });
  for (const name of READERS) {
    const known: unknown = await strapi.db
      .query(USER_UID)
      .findOne({ where: { email: emailOf(name) } });
    if (!known) await addReader(strapi, name, role.id);
  }
};
