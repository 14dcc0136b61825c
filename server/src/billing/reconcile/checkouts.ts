import type Stripe from 'stripe';
import type { FieldDifference } from '../../../../contracts';
import { now } from '../../config';
import type { Change, Known, PaymentRecord } from '../../domain/facts';
import {
  isAccountOffered,
  loadKnownOf,
  mirroredPayments,
  payersOf,
  tiersByPrice,
  type Drift,
  type KnownMember,
  type Payer,
} from '../../store';
import { idOf } from '../readers/common';
import { isSettled, paymentsOf, purchases } from '../sync/checkout-session';
import { whole } from './differences';
import { paymentDifferences } from './payments';
import { settlementOf } from './settled';
import { listFrom, nextOf, type ReadPage, type WalkContext } from './walk';

/** As `syncCheckoutSession` reads it, four levels deep. */
const EXPAND = ['data.line_items', 'data.invoice.payments', 'data.payment_intent.latest_charge'];

const pricesOf = ({ line_items }: Stripe.Checkout.Session): string[] =>
  (line_items?.data ?? []).flatMap(({ price }) => idOf(price) ?? []);

/** Who bought longer ago was a member before there was this site: a mail would surprise them. */
const OFFERED_FOR = 35 * 86_400_000;

/** One finished checkout of ours. */
interface Bought {
  session: Stripe.Checkout.Session;
  change: Change;
  payer: Payer | undefined;
  known: KnownMember | undefined;
}

/** The charge of a purchase that is unknown here, where its money went back: nothing else names it. */
const chargeDrifts = ({ payment_intent: intent }: Stripe.Checkout.Session): Drift[] => {
  const charge = typeof intent === 'object' ? intent?.latest_charge : null;
  if (typeof charge !== 'object' || charge === null) return [];
  if (charge.amount_refunded === 0 && !charge.disputed) return [];
  const fields = whole(charge.id, null, charge.disputed ? 'disputed' : 'refunded');
  return [{ key: charge.id, kind: 'missing-here', fields }];
};

/** What was bought once: what it gave, and how it was paid. */
const purchaseDrifts = (
  context: WalkContext,
  { session, change, payer, known: member }: Bought,
  payments: readonly PaymentRecord[]
): Drift[] => {
  const { id } = session;
  if (!payer || !member) {
    if (!isSettled(session)) return [];
    const missing = { key: id, kind: 'missing-here', fields: whole(id, null, 'paid') } as const;
    return [missing, ...chargeDrifts(session)];
  }
  const known: Known = { ...member.known, subscriptions: [], payments: [...payments] };
  const { settlement, fields } = settlementOf(context, id, known, change);
  const all: FieldDifference[] = [...fields, ...settlement.payments.flatMap(paymentDifferences)];
  if (all.length === 0) return [];
  const isNew = settlement.grants.give.length > 0;
  const charges = settlement.payments.some(({ before }) => before === null)
    ? chargeDrifts(session)
    : [];
  return [{ key: id, kind: isNew ? 'missing-here' : 'differs', fields: all }, ...charges];
};

/** A guest with a subscription who was offered no way in: only the checkout says that they are one. */
const guestDrifts = async (
  { strapi }: WalkContext,
  { session, payer }: Bought
): Promise<Drift[]> => {
  const isRecent = session.created * 1000 > now(strapi) - OFFERED_FOR;
  if (!isRecent || session.metadata?.member || payer?.member.user) return [];
  const email = session.customer_details?.email ?? session.customer_email;
  if (!email || (payer && (await isAccountOffered(strapi, payer.member, session.id)))) return [];
  const fields: FieldDifference[] = [
    { object: session.id, field: 'account', here: null, stripe: JSON.stringify(email) },
  ];
  return [{ key: session.id, kind: payer ? 'differs' : 'missing-here', fields }];
};

/** Finished checkouts: of what is bought once the only trace at Stripe, and of a guest's way in. */
export const readCheckouts: ReadPage = async (context, after) => {
  const { strapi, stripe, scope } = context;
  const page = await stripe
    .client()
    .checkout.sessions.list({ ...listFrom(after), status: 'complete', expand: EXPAND });
  const prices = [...new Set(page.data.flatMap(pricesOf))];
  const tiers = await tiersByPrice(strapi, scope, prices);
  const ours = page.data.filter(
    (one) => idOf(one.customer) !== null && pricesOf(one).some((price) => tiers.has(price))
  );
  const payers = await payersOf(
    strapi,
    scope,
    ours.flatMap(({ customer }) => idOf(customer) ?? [])
  );
  const members = [...new Set([...payers.values()].map(({ member }) => member.id))];
  const known = await loadKnownOf(strapi, scope, members);
  const all = ours.map((session): Bought => {
    const sold = new Map(
      pricesOf(session).flatMap((price): [string, string][] => {
        const tier = tiers.get(price);
        return tier === undefined ? [] : [[price, tier]];
      })
    );
    const payer = payers.get(idOf(session.customer) ?? '');
    const give = isSettled(session) ? purchases(session, sold) : [];
    const change = { give, payments: paymentsOf(session) };
    return { session, change, payer, known: payer && known.get(payer.member.id) };
  });
  const money = all.flatMap(({ change }) => change.payments ?? []);
  const payments = await mirroredPayments(strapi, scope, {
    stripeId: money.map(({ stripeId }) => stripeId),
    paymentIntent: money.flatMap(({ paymentIntent }) => paymentIntent ?? []),
  });

  const drifts: Drift[] = [];
  for (const bought of all) {
    const isPurchase = bought.session.mode === 'payment';
    if (isPurchase) drifts.push(...purchaseDrifts(context, bought, payments));
    else if (isSettled(bought.session)) drifts.push(...(await guestDrifts(context, bought)));
  }
  return { count: page.data.length, next: nextOf(page), drifts };
};
