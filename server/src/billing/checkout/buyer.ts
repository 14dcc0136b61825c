import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';
import { apiPath } from '../../config';
import { isLive } from '../../domain/status';
import { conflict, RequestError } from '../../errors';
import { ensureMember, table, type MemberRow, type PriceRow, type UserRow } from '../../store';
import type { StripeAccess } from '../client';
import { ensureCustomer } from '../customers';
import type { Worker } from '../worker';

export type Buyer = Pick<UserRow, 'id' | 'email' | 'username'>;

/** What a session needs to know of who pays. */
export interface BuyerParams {
  customer?: string;
  metadata: Record<string, string>;
  trialDays: number;
}

const hasLiveSubscription = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  member: MemberRow
): Promise<boolean> => {
  const scope = await stripe.scope();
  const rows = await table(strapi, 'subscription').findMany({
    where: { ...scope, member: member.id },
    select: ['status'],
  });
  return rows.some(({ status }) => isLive(status));
};

/** Paid a moment ago, with the event still on its way: Stripe knows, and then so do we. */
const catchUp = async (client: Stripe, worker: Worker, customer: string): Promise<void> => {
  const { data } = await client.subscriptions.list({ customer, limit: 10 });
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
 * Who pays, for a new checkout session. A member's customer is made when there is none; a trial is
 * for those who never had a subscription.
 *
 * @param user null: a guest, whom Stripe asks for an e-mail
 * @throws RequestError 403 `member-suspended`, 409 `subscription-exists`
 */
export const buyerParams = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  worker: Worker,
  price: PriceRow,
  user: Buyer | null
): Promise<BuyerParams> => {
  if (!user) return { metadata: {}, trialDays: price.trialDays };

  const member = await ensureMember(strapi, user);
  if (member.suspendedAt) {
    throw new RequestError(403, 'This membership is suspended', { code: 'member-suspended' });
  }
  const customer = await ensureCustomer(strapi, stripe, member);
  const recurs = price.interval !== null;
  if (recurs && (await hasLiveSubscription(strapi, stripe, member)))
    throw subscriptionExists(strapi);
  await closeOpenSessions(await stripe.writer(), customer);
  if (recurs) {
    // After the pages are closed: nothing can be paid any more that is not seen here.
    await catchUp(stripe.client(), worker, customer);
    if (await hasLiveSubscription(strapi, stripe, member)) throw subscriptionExists(strapi);
  }

  const subscriptions = await table(strapi, 'subscription').count({ where: { member: member.id } });
  return {
    customer,
    metadata: { member: member.documentId },
    trialDays: subscriptions > 0 ? 0 : price.trialDays,
  };
};
