import type Stripe from 'stripe';
import type { ChargeFacts, PaymentRecord } from '../../domain/facts';
import { mirroredPayments, payersOf, type Drift } from '../../store';
import { readDispute, readRefund } from '../readers/charge';
import { idOf, instant, legacy, numberOrNull } from '../readers/common';
import { differencesOf, whole } from './differences';
import { listFrom, nextOf, type Page, type ReadPage, type WalkContext } from './walk';

type Kind = 'refunds' | 'disputes' | 'warnings';

/** A refund, a dispute or a bank's warning, and the payment it is of. */
interface MoneyBack {
  id: string;
  status: string | null;
  charge: string | null;
  intent: string | null;
  customer: string | null;
  /** Of all refunds of the charge, in minor units. */
  amountRefunded: number | null;
  /** What a sync would write of it, given what is known of its charge. */
  facts: (charge: ChargeFacts) => Readonly<Record<string, unknown>>;
}

type Origin = Pick<Stripe.Refund, 'id' | 'charge' | 'payment_intent'>;

const originOf = ({ id, charge, payment_intent }: Origin | Stripe.Dispute) => ({
  id,
  charge: idOf(charge),
  intent: idOf(payment_intent) ?? idOf(legacy(charge, 'payment_intent')),
  customer: idOf(legacy(charge, 'customer')),
  amountRefunded: numberOrNull(legacy(charge, 'amount_refunded')),
});

/** The charge here that a refund, dispute or warning is of, and what is written of it there. */
const findHere = (
  record: PaymentRecord | undefined,
  kind: Kind,
  { id, charge: chargeId }: MoneyBack
): { charge: ChargeFacts; here: object } | null => {
  for (const charge of record?.charges ?? []) {
    // A refund may name its intent alone.
    if (chargeId !== null && charge.stripeId !== chargeId) continue;
    if (kind === 'warnings') return { charge, here: charge };
    const all: readonly { stripeId: string }[] = charge[kind];
    const here = all.find(({ stripeId }) => stripeId === id);
    if (here) return { charge, here };
  }
  return null;
};

/** Whether an intent without a payment here paid an invoice: what others charged a member for did not. */
const paidInvoice = async ({ stripe }: WalkContext, intent: string): Promise<boolean> => {
  const { data } = await stripe.client().invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: intent },
    limit: 1,
  });
  return data.length > 0;
};

const differences = (
  kind: Kind,
  one: MoneyBack,
  record: PaymentRecord | undefined
): Pick<Drift, 'kind' | 'fields'> | null => {
  const { id, status, amountRefunded, facts } = one;
  const found = findHere(record, kind, one);
  if (!found) return { kind: 'missing-here', fields: whole(id, null, status) };
  const { charge, here } = found;
  const fields = [
    ...differencesOf(id, here, facts(charge)),
    ...(amountRefunded === null ? [] : differencesOf(charge.stripeId, charge, { amountRefunded })),
  ];
  return fields.length > 0 ? { kind: 'differs', fields } : null;
};

const compare = async (
  context: WalkContext,
  kind: Kind,
  all: readonly MoneyBack[]
): Promise<Drift[]> => {
  const { strapi, scope, newcomers } = context;
  const records = await mirroredPayments(strapi, scope, {
    paymentIntent: all.flatMap(({ intent }) => intent ?? []),
  });
  const payers = await payersOf(
    strapi,
    scope,
    all.flatMap(({ customer }) => customer ?? [])
  );
  const drifts: Drift[] = [];
  for (const one of all) {
    const { charge, intent, customer } = one;
    const key = charge ?? intent;
    if (key === null || intent === null) continue;
    const record = records.find(({ paymentIntent }) => paymentIntent === intent);
    const isPayer = payers.has(customer ?? '') || newcomers.has(customer ?? '');
    if (!record && !(isPayer && (await paidInvoice(context, intent)))) continue;
    const found = differences(kind, one, record);
    if (found) drifts.push({ key, ...found });
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
  const refunds = data.map((one) => ({
    ...originOf(one),
    status: one.status,
    facts: () => ({ ...readRefund(one) }),
  }));
  return page(context, 'refunds', { data: refunds, has_more });
};

export const readDisputes: ReadPage = async (context, after) => {
  const { data, has_more } = await context.stripe
    .client()
    .disputes.list({ ...listFrom(after), ...EXPAND });
  const disputes = data.map((one) => ({
    ...originOf(one),
    status: one.status,
    facts: () => ({ ...readDispute(one) }),
  }));
  return page(context, 'disputes', { data: disputes, has_more });
};

/** Early warnings of fraud; of several of one charge the first counts. */
export const readWarnings: ReadPage = async (context, after) => {
  const { data, has_more } = await context.stripe
    .client()
    .radar.earlyFraudWarnings.list({ ...listFrom(after), ...EXPAND });
  const warnings = data.map(({ payment_intent = null, ...one }) => ({
    ...originOf({ ...one, payment_intent }),
    status: one.fraud_type,
    facts: ({ fraudWarningAt }: ChargeFacts) => {
      const created = instant(one.created) ?? 0;
      return { fraudWarningAt: Math.min(fraudWarningAt ?? created, created) };
    },
  }));
  return page(context, 'warnings', { data: warnings, has_more });
};
