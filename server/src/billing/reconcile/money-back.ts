import type Stripe from 'stripe';
import { knownCustomers, paymentsOfIntents, type Drift, type PaymentRow } from '../../store';
import { readDispute, readRefund } from '../readers/charge';
import { idOf, legacy } from '../readers/common';
import { differencesOf, whole } from './differences';
import { listFrom, nextOf, type Page, type ReadPage, type WalkContext } from './walk';

type Kind = 'refunds' | 'disputes';

/** A refund or a dispute, and the payment it is of. */
interface MoneyBack {
  id: string;
  status: string | null;
  charge: string | null;
  intent: string | null;
  customer: string | null;
  facts: Readonly<Record<string, unknown>>;
}

const originOf = (object: Stripe.Refund | Stripe.Dispute) => ({
  id: object.id,
  status: object.status,
  charge: idOf(object.charge),
  intent: idOf(object.payment_intent),
  customer: idOf(legacy(object.charge, 'customer')),
});

const findHere = (row: PaymentRow | undefined, kind: Kind, id: string): object | undefined =>
  (row?.charges ?? [])
    .flatMap((charge): { stripeId: string }[] => charge[kind])
    .find(({ stripeId }) => stripeId === id);

/** Whether an intent without a payment here paid an invoice: what others charged a member for did not. */
const paidInvoice = async ({ stripe }: WalkContext, intent: string): Promise<boolean> => {
  const { data } = await stripe.client().invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: intent },
    limit: 1,
  });
  return data.length > 0;
};

const compare = async (
  context: WalkContext,
  kind: Kind,
  all: readonly MoneyBack[]
): Promise<Drift[]> => {
  const { strapi, scope } = context;
  const rows = await paymentsOfIntents(
    strapi,
    scope,
    all.flatMap(({ intent }) => intent ?? [])
  );
  const payers = await knownCustomers(
    strapi,
    scope,
    all.flatMap(({ customer }) => customer ?? [])
  );
  const drifts: Drift[] = [];
  for (const { id, status, charge, intent, customer, facts } of all) {
    const key = charge ?? intent;
    if (key === null || intent === null) continue;
    const row = rows.get(intent);
    const isOurs = row || (payers.has(customer ?? '') && (await paidInvoice(context, intent)));
    if (!isOurs) continue;
    const here = findHere(row, kind, id);
    const fields = here ? differencesOf(id, here, facts) : whole(id, null, status);
    if (fields.length > 0) drifts.push({ key, kind: here ? 'differs' : 'missing-here', fields });
  }
  return drifts;
};

const page = async (
  context: WalkContext,
  kind: Kind,
  list: { data: readonly MoneyBack[]; has_more: boolean }
): Promise<Page> => ({
  count: list.data.length,
  next: nextOf(list),
  drifts: await compare(context, kind, list.data),
});

const EXPAND = { expand: ['data.charge'] };

export const readRefunds: ReadPage = async (context, after) => {
  const { data, has_more } = await context.stripe
    .client()
    .refunds.list({ ...listFrom(after), ...EXPAND });
  const refunds = data.map((one) => ({ ...originOf(one), facts: { ...readRefund(one) } }));
  return page(context, 'refunds', { data: refunds, has_more });
};

export const readDisputes: ReadPage = async (context, after) => {
  const { data, has_more } = await context.stripe
    .client()
    .disputes.list({ ...listFrom(after), ...EXPAND });
  const disputes = data.map((one) => ({ ...originOf(one), facts: { ...readDispute(one) } }));
  return page(context, 'disputes', { data: disputes, has_more });
};
