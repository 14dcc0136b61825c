import type { Core } from '@strapi/strapi';
import type { GrantInput, GrantRow as GrantAnswer } from '../../../contracts';
import { now } from '../config';
import type { Change } from '../domain/facts';
import { badRequest, conflict, notFound } from '../errors';
import {
  announce,
  applyChange,
  BY_HAND,
  table,
  toMs,
  transaction,
  type GrantRow,
  type MemberRow,
} from '../store';
import { isGrantActive, presentGrant } from './present';

const findMember = async (strapi: Core.Strapi, documentId: string): Promise<MemberRow> => {
  const member = await table(strapi, 'member').findOne({ where: { documentId } });
  if (!member) throw notFound('There is no such member', { field: 'documentId' });
  return member;
};

const change = async (strapi: Core.Strapi, member: MemberRow, what: Change): Promise<void> => {
  const settlement = await transaction(strapi, () =>
    applyChange(strapi, { ...BY_HAND, member: member.id }, what)
  );
  await announce(strapi, member.documentId, settlement.announcements);
};

/**
 * Gives a complimentary tier.
 *
 * @throws RequestError 404 for the member, 400 for the tier or an end that is past
 */
export const giveGrant = async (
  strapi: Core.Strapi,
  documentId: string,
  { tier, endsAt }: GrantInput
): Promise<GrantAnswer> => {
  const member = await findMember(strapi, documentId);
  const row = await table(strapi, 'tier').findOne({ where: { documentId: tier } });
  if (!row) throw badRequest('There is no such tier', { field: 'tier' });
  if (row.archivedAt) {
    throw badRequest('This tier is archived', { code: 'tier-archived', field: 'tier' });
  }
  const until = endsAt ? toMs(endsAt) : null;
  if (until !== null && until <= now(strapi)) {
    throw badRequest('endsAt must be in the future', { field: 'endsAt' });
  }
  const give = [{ tier, source: 'complimentary' as const, endsAt: until, reference: null }];
  await change(strapi, member, { give });
  const grant = await table(strapi, 'grant').findOne({
    where: { member: member.id, tier: row.id, source: 'complimentary' },
    populate: ['tier'],
    orderBy: { id: 'desc' },
  });
  if (!grant) throw new Error('memberships: the grant that was given is gone');
  return presentGrant(grant, now(strapi));
};

/**
 * Ends a grant now. One that a subscription gives is Stripe's to end: cancel the subscription.
 *
 * @throws RequestError 404, 409 for a subscription's grant or one that has ended
 */
export const endGrant = async (
  strapi: Core.Strapi,
  documentId: string,
  grantDocumentId: string
): Promise<GrantAnswer> => {
  const member = await findMember(strapi, documentId);
  const find = (): Promise<GrantRow | null> =>
    table(strapi, 'grant').findOne({
      where: { documentId: grantDocumentId, member: member.id },
      populate: ['tier'],
    });
  const grant = await find();
  if (!grant) throw notFound('This member has no such grant', { field: 'grant' });
  if (grant.source === 'subscription') {
    throw conflict('A subscription gives this tier: cancel the subscription instead', {
      field: 'grant',
    });
  }
  if (!isGrantActive(grant, now(strapi))) {
    throw conflict('This grant has ended already', { field: 'grant' });
  }
  await change(strapi, member, { end: [grant.id] });
  return presentGrant((await find()) ?? grant, now(strapi));
};
