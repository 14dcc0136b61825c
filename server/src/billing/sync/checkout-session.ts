import type Stripe from 'stripe';
import { hashToken } from '../../domain/token';
import {
  alone,
  announce,
  applyChange,
  assertHeld,
  ensurePayer,
  markDone,
  openAccount,
  tiersByPrice,
  transaction,
} from '../../store';
import { idOf, legacy, stringOrNull } from '../readers/common';
import type { SyncContext } from './context';
import { learnPrices } from './learn';
import { isMissing } from './subscription';

/** Longer than one short transaction. Milliseconds. */
const ACCOUNT_LEASE_MS = 30_000;

const fetchSession = async (client: Stripe, id: string) => {
  try {
    return await client.checkout.sessions.retrieve(id, { expand: ['customer', 'line_items'] });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

const readCustomer = (session: Stripe.Checkout.Session) => {
  const { customer, customer_details: details } = session;
  return {
    stripeId: idOf(customer),
    email: details?.email ?? session.customer_email ?? stringOrNull(legacy(customer, 'email')),
    name: details?.name ?? stringOrNull(legacy(customer, 'name')),
    member: stringOrNull(legacy(customer, 'metadata', 'member')),
  };
};

/** Under what a purchase's grant is known, so that it is given once. */
export const referenceOf = ({ id }: Stripe.Checkout.Session, tier: string): string =>
  `${id}:${tier}`;

/** Tiers bought once and for all; a subscription's are granted by the subscription. */
const purchases = (session: Stripe.Checkout.Session, tiers: ReadonlyMap<string, string>) =>
  session.mode === 'payment' && session.payment_status !== 'unpaid'
    ? [...new Set(tiers.values())].map((tier) => ({
        tier,
        source: 'purchase' as const,
        endsAt: null,
        reference: referenceOf(session, tier),
      }))
    : [];

/** Paid for, or nothing to pay: a slow payment method leaves a session complete and unpaid for days. */
export const isSettled = ({ status, payment_status }: Stripe.Checkout.Session): boolean =>
  status === 'complete' && payment_status !== 'unpaid';

/**
 * Works off a finished checkout: its subscription first, then what was bought once, then the account
 * of a guest. An open, unpaid or foreign session changes nothing.
 *
 * @param follow works off the subscription under its own lease
 */
export const syncCheckoutSession = async (
  context: SyncContext,
  id: string,
  follow: (key: string) => Promise<void>
): Promise<void> => {
  const { strapi, scope, lease, batch } = context;
  const session = await fetchSession(context.stripe.client(), id);
  const subscription = idOf(session?.subscription);
  const customer = session && readCustomer(session);

  const prices = (session?.line_items?.data ?? []).flatMap(({ price }) => idOf(price) ?? []);
  await learnPrices(context, session?.line_items?.data ?? [], follow);
  const tiers = await tiersByPrice(strapi, scope, prices);
  if (!session || !customer || !customer.stripeId || !isSettled(session) || tiers.size === 0) {
    await transaction(strapi, () => markDone(strapi, batch, 'ignored'));
    return;
  }
  if (subscription) await follow(subscription);

  const facts = { ...customer, stripeId: customer.stripeId };
  const write = () =>
    transaction(strapi, async () => {
      await assertHeld(strapi, lease);
      const payer = await ensurePayer(strapi, scope, facts);
      const settlement = await applyChange(
        strapi,
        { ...scope, member: payer.member.id, customer: payer.id },
        { give: purchases(session, tiers) }
      );
      // Who bought signed in had an account; when it is gone by now, they deleted it.
      const isGuest = !session.metadata?.member;
      if (isGuest && facts.email) await openAccount(strapi, payer.member, facts.email, session.id);
      await markDone(strapi, batch, 'done');
      return { member: payer.member.documentId, news: settlement.announcements };
    });
  // One at a time for an address: no index keeps users-permissions from a second user of an e-mail.
  const written = facts.email
    ? await alone(
        strapi,
        `account:${hashToken(facts.email.toLowerCase())}`,
        ACCOUNT_LEASE_MS,
        write
      )
    : await write();
  await announce(strapi, written.member, written.news);
};
