import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { USER_UID } from '../constants';
import { advancedSetting, findId } from '../strapi-services';
import type { MemberRow, UserRow } from './rows';
import { linkMember } from './members';
import { planMessage } from './messages';
import { table } from './table';

/** What becomes of a guest: already linked, a new account, or a link to claim with the old one. */
export type Account = 'member' | 'set-password' | 'claim';

const defaultRole = async (strapi: Core.Strapi): Promise<number | null> => {
  const type = await advancedSetting(strapi, 'default_role');
  return findId(strapi, 'plugin::users-permissions.role', {
    type: typeof type === 'string' ? type : 'authenticated',
  });
};

/**
 * A user for an e-mail that has none. The password is random and known to nobody: the mail's link
 * sets one, and so proves that the address is theirs.
 */
const createUser = async (strapi: Core.Strapi, email: string): Promise<UserRow> => {
  const taken = await table(strapi, 'user').findOne({ where: { username: email } });
  const suffix = taken ? `-${randomBytes(3).toString('hex')}` : '';
  await strapi.documents(USER_UID).create({
    data: {
      username: `${email}${suffix}`,
      email,
      provider: 'local',
      password: randomBytes(32).toString('hex'),
      confirmed: true,
      blocked: false,
      role: await defaultRole(strapi),
    },
  });
  const user = await table(strapi, 'user').findOne({ where: { email } });
  if (!user) throw new Error('memberships: the user that was made is gone');
  return user;
};

/**
 * Gives a guest's member a way in, once: a new account when the paid session's e-mail has none; when
 * it has one, a claim link to that address, since a typed e-mail never proves who paid (DESIGN
 * section 6). Call it inside a transaction.
 *
 * @param reference what was paid, so that each purchase mails at most once (`cs_…`)
 */
export const openAccount = async (
  strapi: Core.Strapi,
  member: MemberRow,
  email: string,
  reference: string
): Promise<Account> => {
  if (member.user) return 'member';
  const to = email.toLowerCase();
  const user = await table(strapi, 'user').findOne({ where: { email: to } });
  if (user) {
    await planMessage(strapi, {
      key: `claim:${reference}`,
      member: member.id,
      template: 'claim',
      to,
    });
    return 'claim';
  }
  const created = await createUser(strapi, to);
  const linked = await linkMember(strapi, member, created);
  await planMessage(strapi, {
    key: `set-password:${linked.documentId}`,
    member: linked.id,
    template: 'set-password',
    to,
  });
  return 'set-password';
};
