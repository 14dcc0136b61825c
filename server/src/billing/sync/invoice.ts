import type Stripe from 'stripe';
import { findPayer, markDone, transaction } from '../../store';
import { idOf } from '../readers/common';
import { subscriptionOf } from '../readers/invoice';
import { unlessMissing } from '../stripe-errors';
import type { Sync } from './context';
import { readPayments } from './invoices';
import { record } from './record';

const fetchInvoice = (client: Stripe, id: string): Promise<Stripe.Invoice | null> =>
  unlessMissing(client.invoices.retrieve(id, { expand: ['payments'] }));

/**
 * Makes the payment of a one-off invoice what Stripe says now. An invoice of a subscription is worked
 * off with the subscription; one of a customer that is not ours is left alone.
 */
export const syncInvoice: Sync = async (context, id) => {
  const { strapi, stripe, scope, batch } = context;
  const client = stripe.client();
  const invoice = await fetchInvoice(client, id);
  const subscription = subscriptionOf(invoice);
  if (subscription) {
    await context.refer(subscription);
    await transaction(strapi, () => markDone(strapi, batch, 'done'));
    return;
  }
  const customer = idOf(invoice?.customer);
  const payments = invoice ? await readPayments(client, [invoice]) : [];

  const find = async () => (customer === null ? null : findPayer(strapi, scope, customer));
  await record(context, await find(), async () => {
    const payer = await find();
    if (!payer || payments.length === 0) return null;
    return { member: payer.member, customer: payer.id, change: { payments } };
  });
};
