import type Stripe from 'stripe';
import type { PaymentFacts } from '../../domain/facts';
import { hashToken } from '../../domain/token';
import { alone, ensurePayer, findPayer, mirrored, openAccount, tiersByPrice } from '../../store';
import { emailOrNull, idOf, legacy, shortOrNull, stringOrNull } from '../readers/common';
import { readInvoice } from '../readers/invoice';
import { readIntent } from '../readers/payment-intent';
import { unlessMissing } from '../stripe-errors';
import type { Sync, SyncContext } from './context';
import { learnPrices } from './learn';
import { ignore, record } from './record';

/** Longer than one short transaction. Milliseconds. */
const ACCOUNT_LEASE_MS = 30_000;

const EXPAND = ['customer', 'line_items', 'invoice.payments', 'payment_intent.latest_charge'];

const fetchSession = (client: Stripe, id: string) =>
  unlessMissing(client.checkout.sessions.retrieve(id, { expand: EXPAND }));

const readCustomer = (session: Stripe.Checkout.Session) => {
  const { customer, customer_details: details } = session;
  return {
    stripeId: idOf(customer),
    email: emailOrNull(details?.email ?? session.customer_email ?? legacy(customer, 'email')),
    name: shortOrNull(details?.name ?? legacy(customer, 'name')),
    member: stringOrNull(legacy(customer, 'metadata', 'member')),
  };
};

/** Under what a purchase's grant is known, so that it is given once. */
const referenceOf = ({ id }: Stripe.Checkout.Session, tier: string): string => `${id}:${tier}`;

/** Tiers bought once and for all; a subscription's are granted by the subscription. */
export const purchases = (session: Stripe.Checkout.Session, tiers: ReadonlyMap<string, string>) =>
  session.mode === 'payment' && session.payment_status !== 'unpaid'
    ? [...new Set(tiers.values())].map((tier) => ({
        tier,
        source: 'purchase' as const,
        endsAt: null,
        reference: referenceOf(session, tier),
      }))
    : [];

/** What a purchase was paid with: its invoice, or its payment intent where it has none. */
export const paymentsOf = ({ id, mode, ...session }: Stripe.Checkout.Session): PaymentFacts[] => {
  if (mode !== 'payment') return [];
  const { invoice, payment_intent: intent } = session;
  if (typeof invoice === 'object' && invoice?.id && invoice.status !== 'draft') {
    const facts = readInvoice(invoice);
    const paymentIntent = facts.paymentIntent ?? idOf(intent);
    return [{ ...facts, checkoutSession: id, paymentIntent }];
  }
  return typeof intent === 'object' && intent ? [readIntent(intent, id)] : [];
};

/** Paid for, or nothing to pay: a slow payment method leaves a session complete and unpaid for days. */
export const isSettled = ({ status, payment_status }: Stripe.Checkout.Session): boolean =>
  status === 'complete' && payment_status !== 'unpaid';

/**
 * A purchase by a slow method is complete for days before its money comes, or does not: a member sees
 * the payment meanwhile. A guest is nobody until something is paid.
 */
const mirrorPending = async (
  context: SyncContext,
  session: Stripe.Checkout.Session,
  customer: string
): Promise<void> => {
  const { strapi, scope } = context;
  const payments = session.status === 'complete' ? paymentsOf(session) : [];
  const find = async () => (payments.length > 0 ? findPayer(strapi, scope, customer) : null);
  await record(context, await find(), async () => {
    const payer = await find();
    return payer && { member: payer.member, customer: payer.id, change: { payments } };
  });
};

/** Whether what a settled checkout sold is here already: its own events were quicker. */
const isMirroredAsPaid = async (
  { strapi, scope }: SyncContext,
  subscription: string
): Promise<boolean> => {
  const row = (await mirrored(strapi, 'subscription', scope, [subscription])).get(subscription);
  return row !== undefined && row.status !== 'incomplete';
};

/**
 * Works off a finished checkout: its subscription first, then what was bought once and how it was paid,
 * then the account of a guest. An open or foreign session changes nothing; of an unpaid one only its
 * payment is kept.
 */
export const syncCheckoutSession: Sync = async (context, id, follow) => {
  const { strapi, scope } = context;
  const session = await fetchSession(context.stripe.client(), id);
  const customer = session && readCustomer(session);

  const prices = (session?.line_items?.data ?? []).flatMap(({ price }) => idOf(price) ?? []);
  await learnPrices(context, session?.line_items?.data ?? [], follow);
  const tiers = await tiersByPrice(strapi, scope, prices);
  if (!session || !customer?.stripeId || tiers.size === 0) return ignore(context);
  if (!isSettled(session)) return mirrorPending(context, session, customer.stripeId);

  const subscription = idOf(session.subscription);
  if (subscription) {
    const isKnown = await isMirroredAsPaid(context, subscription);
    await (isKnown ? context.refer : follow)(subscription);
  }

  const facts = { ...customer, stripeId: customer.stripeId };
  const write = async () =>
    record(context, await findPayer(strapi, scope, facts.stripeId), async () => {
      const payer = await ensurePayer(strapi, scope, facts);
      // Who bought signed in had an account; when it is gone by now, they deleted it.
      const isGuest = !session.metadata?.member;
      return {
        member: payer.member,
        customer: payer.id,
        change: { give: purchases(session, tiers), payments: paymentsOf(session) },
        also: async () => {
          if (isGuest && facts.email) {
            await openAccount(strapi, payer.member, facts.email, session.id);
          }
        },
      };
    });
  // One at a time for an address: no index keeps users-permissions from a second user of an e-mail.
  if (!facts.email) return write();
  const name = `account:${hashToken(facts.email.toLowerCase())}`;
  await alone(strapi, name, ACCOUNT_LEASE_MS, write);
};
