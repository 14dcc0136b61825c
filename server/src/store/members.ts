import type { Core } from '@strapi/strapi';
import { now } from '../config';
import type { Announcement } from '../domain/settle';
import { announce } from './announce';
import { applyChange } from './apply';
import { mergeMembers } from './merge';
import type { MemberRow, UserRow } from './rows';
import { table } from './table';
import { toIso } from './time';
import { isDuplicate, transaction } from './transaction';

type User = Pick<UserRow, 'id' | 'email' | 'username'>;

/** What no Stripe object causes belongs to no account and no customer. */
export const BY_HAND = { account: '', livemode: false, customer: null };

export const findMemberOfUser = (strapi: Core.Strapi, user: number): Promise<MemberRow | null> =>
  table(strapi, 'member').findOne({ where: { user: { id: user } }, populate: ['user'] });

/**
 * Everybody under an e-mail: the member of the user who has it, and guests who paid with it. It tells
 * what not to offer, and links nobody.
 *
 * @param email in lower case
 */
export const findMembersOfEmail = (strapi: Core.Strapi, email: string): Promise<MemberRow[]> =>
  table(strapi, 'member').findMany({
    where: { $or: [{ email: { $eqi: email } }, { user: { email: { $eqi: email } } }] },
  });

/** Gives the free tiers that come with an account, each once in a member's life. */
const giveFreeTiers = async (strapi: Core.Strapi, member: MemberRow): Promise<void> => {
  const tiers = await table(strapi, 'tier').findMany({
    where: { kind: 'free', archivedAt: null },
    select: ['documentId'],
  });
  const give = tiers.map(({ documentId: tier }) => ({
    tier,
    source: 'registration' as const,
    endsAt: null,
    reference: `registration:${member.documentId}:${tier}`,
  }));
  const given = await table(strapi, 'grant').count({
    where: { reference: { $in: give.map(({ reference }) => reference) } },
  });
  if (given === give.length) return;
  const { announcements } = await transaction(strapi, () =>
    applyChange(strapi, { ...BY_HAND, member: member.id }, { give })
  );
  await announce(strapi, member.documentId, announcements);
};

/**
 * The member of a signed-in user, made when there is none, with the free tiers that come with an
 * account. Two requests at once make one member: the user id is a unique index.
 */
export const ensureMember = async (strapi: Core.Strapi, user: User): Promise<MemberRow> => {
  let member = await findMemberOfUser(strapi, user.id);
  if (!member) {
    try {
      await table(strapi, 'member').create({
        data: {
          user: user.id,
          email: user.email,
          name: user.username,
          joinedAt: toIso(now(strapi)),
        },
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    member = await findMemberOfUser(strapi, user.id);
  }
  if (!member) throw new Error(`memberships: user ${user.id} has no member`);
  await giveFreeTiers(strapi, member);
  return member;
};

/** The member that stays, and what to announce once the link is committed. */
export interface Linked {
  member: MemberRow;
  news: Announcement[];
}

/**
 * Links a guest's member to a user. When the user is a member already, everything the guest has
 * becomes theirs and the guest's row goes. Call it inside a transaction.
 */
export const linkMember = async (
  strapi: Core.Strapi,
  guest: MemberRow,
  user: User
): Promise<Linked> => {
  const own = await findMemberOfUser(strapi, user.id);
  const linked = { claimTokenHash: null, claimExpiresAt: null };
  if (!own) {
    await table(strapi, 'member').update({
      where: { id: guest.id },
      data: { ...linked, user: user.id, email: user.email },
    });
    return { member: { ...guest, ...linked, email: user.email }, news: [] };
  }
  return { member: own, news: await mergeMembers(strapi, guest, own) };
};
