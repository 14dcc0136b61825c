import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import { apiPath } from '../../config';
import type { PriorSubscription } from '../../domain/facts';
import { isLive } from '../../domain/status';
import { hadSubscription, isMembership } from '../../domain/trials';
import { conflict, RequestError } from '../../errors';
import {
  ensureMember,
  findMembersOfEmail,
  table,
  toPrior,
  type MemberRow,
  type PriceRow,
  type Scope,
  type UserRow,
} from '../../store';
import type { StripeAccess } from '../client';
import { ensureCustomer } from '../customers';
import type { Worker } from '../worker';

export type Buyer = Pick<UserRow, 'id' | 'email' | 'username'>;

/** What a session needs to know of who pays. */
export interface BuyerParams {
  customer?: string;
  /** A guest's, for Stripe's page to begin with. */
  email?: string;
  metadata: Record<string, string>;
  trialDays: number;
}

/**
 * The member's memberships in this account and mode. What another site sells to the same customer
 * is none, and neither stops a purchase nor uses up a trial.
 */
const findSubscriptions = async (
  strapi: Core.Strapi,
  scope: Scope,
  members: number[]
): Promise<PriorSubscription[]> => {
  const rows = await table(strapi, 'subscription').findMany({
    where: { ...scope, member: { id: { $in: members } } },
  });
  return rows.map(toPrior).filter(isMembership);
};

const hasLiveSubscription = async (
  strapi: Core.Strapi,
  scope: Scope,
  member: MemberRow
): Promise<boolean> =>
  (await findSubscriptions(strapi, scope, [member.id])).some(({ status }) => isLive(status));

/** Paid a moment ago, with the event still on its way: Stripe knows, and then so do we. */
const catchUp = async (client: Stripe, worker: Worker, customer: string): Promise<void> => {
  const { data } = await client.subscriptions.list({ customer, limit: 100 });
  for (const { id } of data.filter(({ status }) => isLive(status))) await worker.syncNow(id);
};

/** One checkout page at a time for a member: two open ones could both be paid. */
const closeOpenSessions = async (client: Stripe, customer: string): Promise<void> => {
  const open = await client.checkout.sessions.list({ customer, status: 'open', limit: 100 });
  for (const { id } of open.data) {
    await client.checkout.sessions.expire(id).catch((error: unknown) => {
      // Paid or expired since it was listed; what was paid is found next.
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    });
  }
};

const subscriptionExists = (strapi: Core.Strapi) =>
  conflict('You have a membership already; change or cancel it in the portal', {
    code: 'subscription-exists',
    portal: apiPath(strapi, 'me/portal'),
  });

/**
 * A guest. Who says who they are is offered no trial that the member of that address has used; what
 * they type on Stripe's page instead is found out when the purchase is claimed.
 */
const guestParams = async (
  strapi: Core.Strapi,
  scope: Scope,
  price: PriceRow,
  email: string | null
): Promise<BuyerParams> => {
  if (email === null) return { metadata: {}, trialDays: price.trialDays };
  const members = await findMembersOfEmail(strapi, email);
  const had = await findSubscriptions(
    strapi,
    scope,
    members.map(({ id }) => id)
  );
  return { email, metadata: {}, trialDays: hadSubscription(had) ? 0 : price.trialDays };
};

/**
 * Who pays, for a new checkout session. A member's customer is made when there is none; a trial is
 * for those who never had a membership. One subscription at a time, of whatever tier: a second one
 * would be charged beside the first, and changing it is the portal's.
 *
 * @param user null: a guest, whom Stripe asks for an e-mail
 * @param email the guest's, when the front end knows it
 * @throws RequestError 403 `member-suspended`, 409 `subscription-exists`
 */
export const buyerParams = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  worker: Worker,
  price: PriceRow,
  user: Buyer | null,
  email: string | null
): Promise<BuyerParams> => {
  const scope = await stripe.scope();
  if (!user) return guestParams(strapi, scope, price, email);

  const member = await ensureMember(strapi, user);
  if (member.suspendedAt) {
    throw new RequestError(403, 'This membership is suspended', { code: 'member-suspended' });
  }
  const customer = await ensureCustomer(strapi, stripe, member);
  const recurs = price.interval !== null;
  if (recurs && (await hasLiveSubscription(strapi, scope, member))) {
    throw subscriptionExists(strapi);
  }
  await closeOpenSessions(await stripe.writer(), customer);
  if (recurs) {
    // After the pages are closed: nothing can be paid any more that is not seen here.
    await catchUp(stripe.client(), worker, customer);
    if (await hasLiveSubscription(strapi, scope, member)) throw subscriptionExists(strapi);
  }

  const had = await findSubscriptions(strapi, scope, [member.id]);
  return {
    customer,
    metadata: { member: member.documentId },
    trialDays: hadSubscription(had) ? 0 : price.trialDays,
  };
};
