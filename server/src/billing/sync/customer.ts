import type Stripe from 'stripe';
import {
  assertHeld,
  findMemberships,
  findPayer,
  followCustomer,
  markDone,
  retireCustomer,
  transaction,
} from '../../store';
import { alignCards, fetchLive } from '../cards';
import { readCustomer } from '../readers/customer';
import { unlessMissing } from '../stripe-errors';
import type { SyncContext } from './context';
import { ignore } from './record';

const EXPAND = ['invoice_settings.default_payment_method'];

/** null: there is no such customer in this mode, or no more. */
const fetchCustomer = async (client: Stripe, id: string): Promise<Stripe.Customer | null> => {
  const customer = await unlessMissing(client.customers.retrieve(id, { expand: EXPAND }));
  return customer && !customer.deleted ? customer : null;
};

/**
 * Makes the mirror of a customer of ours what Stripe says now: e-mail, name, card. Its live
 * subscriptions are fetched again when its discount is another, which theirs follow, or when it was
 * deleted and they were canceled with it. Another site's customer is not even fetched.
 *
 * @param follow works off a subscription under its own lease
 * @throws LeaseLost when another worker has fetched later; whatever Stripe's library throws
 */
export const syncCustomer = async (
  context: SyncContext,
  id: string,
  follow: (key: string) => Promise<void>
): Promise<void> => {
  const { strapi, stripe, scope, lease, batch } = context;
  const payer = await findPayer(strapi, scope, id);
  if (!payer) return ignore(context);

  const client = stripe.client();
  const live = await findMemberships(strapi, payer);
  const customer = await fetchCustomer(client, id);
  const facts = customer && readCustomer(customer);
  if (!facts || facts.discount !== payer.discount) {
    for (const subscription of live) await follow(subscription);
  }
  const card = facts && {
    ...facts,
    card: await alignCards(strapi, stripe, lease, payer.defaultPaymentMethod, {
      customer: id,
      default: facts.card,
      subscriptions: await fetchLive(client, id, new Set(live)),
    }),
  };
  await transaction(strapi, async () => {
    await assertHeld(strapi, lease);
    if (card) await followCustomer(strapi, payer, card);
    else await retireCustomer(strapi, payer);
    await markDone(strapi, batch, 'done');
  });
};
