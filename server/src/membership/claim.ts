import type { Core } from '@strapi/strapi';
import { now } from '../config';
import { hashToken } from '../domain/token';
import { badRequest } from '../errors';
import { linkMember, table, toMsOrNull, transaction, type UserRow } from '../store';

const invalid = () =>
  badRequest('This link was used already, or has grown old', {
    code: 'claim-invalid',
    field: 'token',
  });

/**
 * Links a guest's purchase to the user who is signed in, once: the token is used up by one
 * conditional write before anything moves.
 *
 * @throws RequestError 400 `claim-invalid`
 */
export const claim = async (
  strapi: Core.Strapi,
  user: Pick<UserRow, 'id' | 'email' | 'username'>,
  token: string
): Promise<void> => {
  const claimTokenHash = hashToken(token);
  await transaction(strapi, async () => {
    const guest = await table(strapi, 'member').findOne({
      where: { claimTokenHash },
      populate: ['user'],
    });
    if (!guest || guest.user || (toMsOrNull(guest.claimExpiresAt) ?? 0) <= now(strapi)) {
      throw invalid();
    }
    const { count } = await table(strapi, 'member').updateMany({
      where: { id: guest.id, claimTokenHash },
      data: { claimTokenHash: null },
    });
    if (count !== 1) throw invalid();
    await linkMember(strapi, guest, user);
  });
};
