import type { Core } from '@strapi/strapi';
import { now } from '../config';
import { hashToken } from '../domain/token';
import { badRequest, RequestError } from '../errors';
import {
  announce,
  linkMember,
  lockMember,
  table,
  toMsOrNull,
  transaction,
  type UserRow,
} from '../store';

const invalid = () =>
  badRequest('This link was used already, or has grown old', {
    code: 'claim-invalid',
    field: 'token',
  });

const someoneElses = () =>
  new RequestError(403, 'This link was sent to the e-mail of another user: sign in as that user', {
    code: 'claim-invalid',
    field: 'token',
  });

/**
 * Links a guest's purchase to the user whose e-mail it was made with, once: the token is used up by
 * one conditional write before anything moves. A link alone is not enough, since mails get forwarded:
 * it takes signing in as that user (DESIGN section 6).
 *
 * @throws RequestError 400 `claim-invalid`, 403 `claim-invalid` for another user
 */
export const claim = async (
  strapi: Core.Strapi,
  user: Pick<UserRow, 'id' | 'email' | 'username'>,
  token: string
): Promise<void> => {
  const claimTokenHash = hashToken(token);
  const find = () =>
    table(strapi, 'member').findOne({ where: { claimTokenHash }, populate: ['user'] });
  const found = await find();
  const { member, news } = await transaction(strapi, async () => {
    // Before anything is read: what a sync writes for the guest meanwhile would not be moved along.
    if (found) await lockMember(strapi, found.id);
    const guest = await find();
    if (!guest || guest.user || (toMsOrNull(guest.claimExpiresAt) ?? 0) <= now(strapi)) {
      throw invalid();
    }
    if (guest.email?.toLowerCase() !== user.email.toLowerCase()) throw someoneElses();
    const { count } = await table(strapi, 'member').updateMany({
      where: { id: guest.id, claimTokenHash },
      data: { claimTokenHash: null },
    });
    if (count !== 1) throw invalid();
    return linkMember(strapi, guest, user);
  });
  await announce(strapi, member.documentId, news);
};
