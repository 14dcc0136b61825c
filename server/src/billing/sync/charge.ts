import type Stripe from 'stripe';
import type { ChargeFacts } from '../../domain/facts';
import { findPayment, markDone, transaction } from '../../store';
import { readCharge } from '../readers/charge';
import { idOf, legacy } from '../readers/common';
import { unlessMissing } from '../stripe-errors';
import type { Sync } from './context';
import { ignore, record } from './record';

const PAGE = 100;

const fetchCharge = (client: Stripe, id: string): Promise<Stripe.Charge | null> =>
  unlessMissing(client.charges.retrieve(id));

/** A charge names its intent, and since basil only the intent's invoice payment names the invoice. */
const invoiceOf = async (client: Stripe, charge: Stripe.Charge): Promise<string | null> => {
  const named = idOf(legacy(charge, 'invoice'));
  const intent = idOf(charge.payment_intent);
  if (named !== null || intent === null) return named;
  const payments = await client.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: intent },
    limit: 1,
  });
  return idOf(payments.data[0]?.invoice);
};

const sessionOf = async (client: Stripe, intent: string | null): Promise<string | null> => {
  if (intent === null) return null;
  const sessions = await client.checkout.sessions.list({ payment_intent: intent, limit: 1 });
  return sessions.data[0]?.id ?? null;
};

/** All that happened to a charge's money: each list is short, and none is in the charge itself. */
const fetchFacts = async (client: Stripe, charge: Stripe.Charge): Promise<ChargeFacts> => {
  const of = { charge: charge.id, limit: PAGE };
  const refunds = await client.refunds.list(of);
  const disputes = await client.disputes.list(of);
  const warnings = await client.radar.earlyFraudWarnings.list(of);
  return readCharge(charge, refunds.data, disputes.data, warnings.data);
};

/**
 * Makes what became of a payment's money (refunds, disputes, warnings of fraud) what Stripe says now.
 * The payment itself comes first, by its invoice or by the checkout it was made on; a charge of neither
 * belongs to another site on the account and is left alone.
 */
export const syncCharge: Sync = async (context, id, follow) => {
  const { strapi, scope } = context;
  const client = context.stripe.client();
  const charge = await fetchCharge(client, id);
  if (!charge) return ignore(context);

  const intent = idOf(charge.payment_intent);
  const invoice = await invoiceOf(client, charge);
  const ids = [invoice, intent].filter((one) => one !== null);
  const find = () => findPayment(strapi, scope, ids);
  if (!(await find())) {
    const session = await sessionOf(client, intent);
    // The checkout knows of the invoice, and of what the payment bought; the invoice only of itself.
    const source = session ?? invoice;
    if (source !== null) await follow(source);
    if (!(await find())) return ignore(context);
  }
  const facts = await fetchFacts(client, charge);

  await record(context, await find(), async () => {
    const payment = await find();
    if (!payment) return null;
    const change = { charges: [{ ...facts, payment: payment.stripeId ?? '' }] };
    return { member: payment.member, customer: null, change };
  });
};

/** A refund may name an intent and no charge: it is its last charge's. */
export const syncIntent: Sync = async (context, id, follow) => {
  const { strapi, stripe, batch } = context;
  const intent = await unlessMissing(stripe.client().paymentIntents.retrieve(id));
  const charge = idOf(intent?.latest_charge);
  if (charge === null) return ignore(context);
  await follow(charge);
  await transaction(strapi, () => markDone(strapi, batch, 'done'));
};
