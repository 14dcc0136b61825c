import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import type { CheckoutSyncResponse } from '../../../../contracts';
import { notFound } from '../../errors';
import { findPayer, table } from '../../store';
import type { StripeAccess } from '../client';
import { idOf } from '../readers/common';
import { isSettled } from '../sync/checkout-session';
import type { Worker } from '../worker';
import { isMissing } from '../stripe-errors';

type Outcome = CheckoutSyncResponse['data'];

/** How the buyer gets in, as `openAccount` decided it when the session was synchronised. */
const accountOf = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  customer: string,
  session: Stripe.Checkout.Session
): Promise<Outcome['account']> => {
  const payer = await findPayer(strapi, await stripe.scope(), customer);
  if (!payer) return null;
  // Bought signed in; an older mail of theirs has nothing to do with this purchase.
  if (session.metadata?.member) return 'member';
  const keys = [`set-password:${payer.member.documentId}`, `claim:${session.id}`];
  const mailed = await table(strapi, 'message').findOne({
    where: { member: payer.member.id, key: { $in: keys } },
    orderBy: { id: 'desc' },
  });
  if (!mailed) return 'member';
  return mailed.template === 'claim' ? 'claim' : 'set-password';
};

const statusOf = (status: string | null): Outcome['status'] =>
  status === 'complete' || status === 'expired' ? status : 'open';

/**
 * What the success page asks for: the same sync as a webhook's, answered once it is written, so that
 * nobody who paid is told to wait for an event.
 *
 * @throws RequestError 404 `session-unknown`
 */
export const syncCheckout = async (
  strapi: Core.Strapi,
  stripe: StripeAccess,
  worker: Worker,
  sessionId: string
): Promise<Outcome> => {
  const session = await stripe
    .client()
    .checkout.sessions.retrieve(sessionId)
    .catch((error: unknown) => {
      if (!isMissing(error)) throw error;
      throw notFound('There is no such checkout session', {
        code: 'session-unknown',
        field: 'sessionId',
      });
    });
  const status = statusOf(session.status);
  const customer = idOf(session.customer);
  if (!isSettled(session) || !customer) return { status, synced: false, account: null };

  await worker.syncNow(session.id);
  const account = await accountOf(strapi, stripe, customer, session);
  return { status, synced: account !== null, account };
};
