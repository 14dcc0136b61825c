import type { Core } from '@strapi/strapi';
import type {
  GrantInput,
  GrantRow as GrantAnswer,
  MemberDetail,
  MemberInput,
  MemberRow as MemberAnswer,
  Paged,
} from '../../../contracts';
import { getConfig, now } from '../config';
import { badRequest, conflict, notFound } from '../errors';
import {
  announce,
  applyChange,
  listMembers,
  table,
  toIso,
  toIsoOrNull,
  toMs,
  transaction,
  type GrantRow,
  type ListedMember,
  type MemberQuery,
  type MemberRow,
} from '../store';
import {
  isGrantActive,
  presentGrant,
  presentPayment,
  presentSubscription,
  tierRef,
} from './present';
import { loadTierMap } from './tier-map';

const PAYMENTS = 100;

/** No Stripe object causes what an operator does by hand. */
const NOWHERE = { account: '', livemode: false, customer: null };

const noMember = () => notFound('There is no such member', { field: 'documentId' });

const findMember = async (strapi: Core.Strapi, documentId: string): Promise<MemberRow> => {
  const member = await table(strapi, 'member').findOne({ where: { documentId } });
  if (!member) throw noMember();
  return member;
};

const present = (row: ListedMember, grants: GrantRow[], at: number): MemberAnswer => ({
  documentId: row.documentId,
  email: row.email,
  name: row.name,
  status: row.status,
  tiers: [
    ...new Map(
      grants.flatMap((grant) =>
        grant.tier && isGrantActive(grant, at)
          ? [[grant.tier.documentId, tierRef(grant.tier)] as const]
          : []
      )
    ).values(),
  ],
  joinedAt: toIsoOrNull(row.joinedAt),
  user: row.user,
});

/** A page of members for the admin: three statements whatever the page's size. */
export const findMembers = async (
  strapi: Core.Strapi,
  query: MemberQuery
): Promise<Paged<MemberAnswer>> => {
  const at = now(strapi);
  const { livemode } = getConfig(strapi).stripe;
  const { rows, total } = await listMembers(strapi, query, livemode, at);
  const grants = await table(strapi, 'grant').findMany({
    where: { member: { id: { $in: rows.map(({ id }) => id) } } },
    populate: ['member', 'tier'],
  });
  const { page, pageSize } = query;
  return {
    data: rows.map((row) =>
      present(
        row,
        grants.filter(({ member }) => member?.id === row.id),
        at
      )
    ),
    meta: { pagination: { page, pageSize, pageCount: Math.ceil(total / pageSize), total } },
  };
};

/**
 * One member with grants, subscriptions and payments, newest first.
 *
 * @throws RequestError 404
 */
export const findMemberDetail = async (
  strapi: Core.Strapi,
  documentId: string
): Promise<MemberDetail> => {
  const at = now(strapi);
  const { livemode } = getConfig(strapi).stripe;
  const sort = { column: 'joinedAt', direction: 'asc' } as const;
  const query = { documentId, page: 1, pageSize: 1, sort };
  const [row] = (await listMembers(strapi, query, livemode, at)).rows;
  if (!row) throw noMember();

  const where = { member: row.id };
  const grants = await table(strapi, 'grant').findMany({
    where,
    populate: ['tier'],
    orderBy: { id: 'desc' },
  });
  const subscriptions = await table(strapi, 'subscription').findMany({
    where,
    orderBy: { id: 'desc' },
  });
  const payments = await table(strapi, 'payment').findMany({
    where,
    orderBy: [{ created: 'desc' }, { id: 'desc' }],
    limit: PAYMENTS,
  });
  const customers = await table(strapi, 'customer').findMany({ where, orderBy: { id: 'desc' } });
  const { tiers } = await loadTierMap(strapi);
  return {
    ...present(row, grants, at),
    suspendedAt: toIsoOrNull(row.suspendedAt),
    customers: customers.map((customer) => ({
      stripeId: customer.stripeId ?? '',
      livemode: customer.livemode === true,
      current: customer.current,
    })),
    grants: grants.map((grant) => presentGrant(grant, at)),
    subscriptions: subscriptions.map((subscription) => presentSubscription(subscription, tiers)),
    payments: payments.map(presentPayment),
  };
};

/**
 * Adds a member by hand. A user with that e-mail becomes theirs: an operator says so, not the typed
 * e-mail of a stranger.
 *
 * @throws RequestError 409 when the e-mail has a member already
 */
export const addMember = async (
  strapi: Core.Strapi,
  { email, name }: MemberInput
): Promise<MemberDetail> => {
  const address = email.toLowerCase();
  const taken = () => conflict('There is a member with this e-mail already', { field: 'email' });
  const user = await table(strapi, 'user').findOne({ where: { email: address } });
  const where = user
    ? { $or: [{ email: address }, { user: { id: user.id } }] }
    : { email: address };
  if (await table(strapi, 'member').findOne({ where })) throw taken();
  const { documentId } = await table(strapi, 'member').create({
    data: {
      email: address,
      name: name ?? user?.username ?? null,
      joinedAt: toIso(now(strapi)),
      ...(user && { user: user.id }),
    },
  });
  return findMemberDetail(strapi, documentId);
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
  const settlement = await transaction(strapi, () =>
    applyChange(strapi, { ...NOWHERE, member: member.id }, { give })
  );
  await announce(strapi, member.documentId, settlement.announcements);
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
  const find = () =>
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
  const settlement = await transaction(strapi, () =>
    applyChange(strapi, { ...NOWHERE, member: member.id }, { end: [grant.id] })
  );
  await announce(strapi, member.documentId, settlement.announcements);
  return presentGrant((await find()) ?? grant, now(strapi));
};
