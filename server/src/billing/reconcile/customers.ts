import type Stripe from 'stripe';
import type { FieldDifference } from '../../../../contracts';
import { customerData, markSeen, payersOf, type Drift, type Payer } from '../../store';
import { readCustomer } from '../readers/customer';
import { differencesOf } from './differences';
import { listFrom, nextOf, type ReadPage } from './walk';

const CARD = ['cardBrand', 'cardLast4', 'cardExpMonth', 'cardExpYear', 'defaultPaymentMethod'];

/**
 * What a sync would write of a customer. One without a default pays with the card of its subscription,
 * beside which it is compared; what nothing is paid with any more is left as it was.
 */
const differences = (customer: Stripe.Customer, payer: Payer): FieldDifference[] => {
  const facts = readCustomer(customer);
  const fields = differencesOf(customer.id, payer, customerData(facts));
  return facts.card === null ? fields.filter(({ field }) => !CARD.includes(field)) : fields;
};

/**
 * Customers of members. Stripe lists no others than all of an account's: those of other sites are
 * passed over page by page, unasked.
 */
export const readCustomers: ReadPage = async ({ strapi, stripe, scope, run }, after) => {
  const page = await stripe.client().customers.list({
    ...listFrom(after),
    expand: ['data.invoice_settings.default_payment_method'],
  });
  const ids = page.data.map(({ id }) => id);
  const payers = await payersOf(strapi, scope, ids);
  await markSeen(strapi, 'customer', scope, [...payers.keys()], run.id);
  const drifts = page.data.flatMap((customer): Drift[] => {
    const payer = payers.get(customer.id);
    const fields = payer ? differences(customer, payer) : [];
    return fields.length > 0 ? [{ key: customer.id, kind: 'differs', fields }] : [];
  });
  return { count: page.data.length, next: nextOf(page), drifts };
};
