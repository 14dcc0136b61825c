import type { Core } from '@strapi/strapi';
import type {
  MemberDetail,
  MemberInput,
  MemberRow as MemberAnswer,
  Paged,
} from '../../../contracts';
import { getConfig, now } from '../config';
import { conflict, notFound } from '../errors';
import {
  isDuplicate,
  listMembers,
  loadTierMap,
  table,
  toIso,
  toIsoOrNull,
  type GrantRow,
  type ListedMember,
  type MemberQuery,
} from '../store';
import { isGrantActive, presentGrant, presentPayment, tierRef } from './present';
import { presentSubscriptions } from './subscriptions';

const PAYMENTS = 100;

const noMember = () => notFound('There is no such member', { field: 'documentId' });

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
  const shown = await presentSubscriptions(strapi, subscriptions, tiers);
  return {
    ...present(row, grants, at),
    suspendedAt: toIsoOrNull(row.suspendedAt),
    customers: customers.map((customer) => ({
      stripeId: customer.stripeId ?? '',
      livemode: customer.livemode === true,
      current: customer.current,
    })),
    grants: grants.map((grant) => presentGrant(grant, at)),
    subscriptions: shown.subscriptions,
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
  const data = {
    email: address,
    name: name ?? user?.username ?? null,
    joinedAt: toIso(now(strapi)),
    ...(user && { user: user.id }),
  };
  try {
    const { documentId } = await table(strapi, 'member').create({ data });
    return await findMemberDetail(strapi, documentId);
  } catch (error) {
    // The user became a member in between.
    throw isDuplicate(error) ? taken() : error;
  }
};
