import type Stripe from 'stripe';
import { announce, applyChange, assertHeld, findPayer, markDone, transaction } from '../../store';
import { idOf } from '../readers/common';
import { subscriptionOf } from '../readers/invoice';
import type { Sync } from './context';
import { readPayments } from './invoices';
import { isMissing } from './subscription';

const fetchInvoice = async (client: Stripe, id: string): Promise<Stripe.Invoice | null> => {
  try {
    return await client.invoices.retrieve(id, { expand: ['payments'] });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

/**
 * Makes the payment of a one-off invoice what Stripe says now. An invoice of a subscription is worked
 * off with the subscription; one of a customer that is not ours is left alone.
 */
export const syncInvoice: Sync = async ({ strapi, stripe, scope, lease, batch }, id, follow) => {
  const client = stripe.client();
  const invoice = await fetchInvoice(client, id);
  const subscription = subscriptionOf(invoice);
  if (subscription) {
    await follow(subscription);
    await transaction(strapi, () => markDone(strapi, batch, 'done'));
    return;
  }
  const customer = idOf(invoice?.customer);
  const payments = invoice ? await readPayments(client, [invoice]) : [];

  const written = await transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    const payer = customer && (await findPayer(strapi, scope, customer));
    if (!payer || payments.length === 0) {
      await markDone(strapi, batch, 'ignored');
      return null;
    }
    const settlement = await applyChange(
      strapi,
      { ...scope, member: payer.member.id, customer: payer.id },
      { payments }
    );
    await markDone(strapi, batch, 'done');
    return { member: payer.member.documentId, news: settlement.announcements };
  });
  if (written) await announce(strapi, written.member, written.news);
};
