import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { now } from '../config';
import { USER_UID } from '../constants';
import { advancedSetting, findId } from '../strapi-services';
import type { MemberRow, UserRow } from './rows';
import { linkMember } from './members';
import { isPlanned, planMessage } from './messages';
import { table } from './table';
import { toIso } from './time';

const defaultRole = async (strapi: Core.Strapi): Promise<number | null> => {
  const type = await advancedSetting(strapi, 'default_role');
  return findId(strapi, 'plugin::users-permissions.role', {
    type: typeof type === 'string' ? type : 'authenticated',
  });
};

/**
 * The user of an e-mail in lower case, however an admin spelt it. Compared here once more: to MySQL
 * `é` and `e` are the same letter.
 */
const findUser = async (strapi: Core.Strapi, email: string): Promise<UserRow | null> => {
  const users = await table(strapi, 'user').findMany({ where: { email: { $eqi: email } } });
  return users.find((user) => user.email.toLowerCase() === email) ?? null;
};

/**
 * A user for an e-mail that has none. The password is random and known to nobody: the mail's link
 * sets one, and so proves that the address is theirs.
 */
const createUser = async (strapi: Core.Strapi, email: string): Promise<UserRow> => {
  const taken = await table(strapi, 'user').findOne({ where: { username: email } });
  const suffix = taken ? `-${randomBytes(3).toString('hex')}` : '';
  const data = {
    username: `${email}${suffix}`,
    email,
    provider: 'local',
    confirmed: true,
    blocked: false,
    role: await defaultRole(strapi),
  };
  try {
    const password = randomBytes(32).toString('hex');
    await strapi.documents(USER_UID).create({ data: { ...data, password } });
  } catch (error) {
    if (!(error instanceof errors.ValidationError)) throw error;
    // The site asks its users for more than a payment tells. Who paid gets in all the same, and the
    // site's own forms ask; without a password, which only the Document Service would hash.
    await table(strapi, 'user').create({ data: { ...data, publishedAt: toIso(now(strapi)) } });
  }
  const user = await findUser(strapi, email);
  if (!user) throw new Error('memberships: the user that was made is gone');
  return user;
};

const claimKey = (reference: string): string => `claim:${reference}`;
const passwordKey = ({ documentId }: Pick<MemberRow, 'documentId'>): string =>
  `set-password:${documentId}`;

/** Whether a guest's member was offered a way in for what was paid, by either mail of `openAccount`. */
export const isAccountOffered = async (
  strapi: Core.Strapi,
  member: Pick<MemberRow, 'documentId'>,
  reference: string
): Promise<boolean> =>
  (await isPlanned(strapi, claimKey(reference))) || (await isPlanned(strapi, passwordKey(member)));

/**
 * Gives a guest's member a way in, once: a new account when the paid session's e-mail has none; when
 * it has one, a claim link to that address, since a typed e-mail never proves who paid (DESIGN
 * section 6). An account that was made once and is gone was deleted, and does not come back. Call it
 * inside a transaction.
 *
 * @param reference what was paid, so that each purchase mails at most once (`cs_…`)
 */
export const openAccount = async (
  strapi: Core.Strapi,
  member: MemberRow,
  email: string,
  reference: string
): Promise<void> => {
  if (member.user) return;
  const to = email.toLowerCase();
  if (await findUser(strapi, to)) {
    await planMessage(strapi, {
      key: claimKey(reference),
      member: member.id,
      template: 'claim',
      to,
    });
    return;
  }
  const key = passwordKey(member);
  if (await isPlanned(strapi, key)) return;
  await linkMember(strapi, member, await createUser(strapi, to));
  await planMessage(strapi, { key, member: member.id, template: 'set-password', to });
};
