import type Stripe from 'stripe';
import type { CardFacts, CustomerFacts } from '../../domain/customer';
import { emailOrNull, idOf, legacy, numberOrNull, shortOrNull, stringOrNull } from './common';

/** The few things of a card that tell its holder which it is, and when it ends. */
const readCard = (method: unknown): CardFacts | null => {
  const id = idOf(method);
  if (id === null) return null;
  const card = (key: string) => legacy(method, 'card', key);
  return {
    method: id,
    brand: stringOrNull(card('brand')),
    last4: stringOrNull(card('last4')),
    expMonth: numberOrNull(card('exp_month')),
    expYear: numberOrNull(card('exp_year')),
  };
};

/** The default payment method of a customer or a subscription; expand it for the card's own facts. */
export const readDefaultCard = (owner: unknown): CardFacts | null =>
  readCard(
    legacy(owner, 'invoice_settings', 'default_payment_method') ??
      legacy(owner, 'default_payment_method')
  );

/**
 * A customer as an id, as the object, or deleted.
 *
 * @param subscription whose own payment method counts where the customer has no default
 */
export const readCustomer = (
  customer: string | Stripe.Customer | Stripe.DeletedCustomer | null,
  subscription?: Pick<Stripe.Subscription, 'default_payment_method'>
): CustomerFacts => ({
  stripeId: idOf(customer) ?? '',
  deleted: legacy(customer, 'deleted') === true,
  email: emailOrNull(legacy(customer, 'email')),
  name: shortOrNull(legacy(customer, 'name')),
  member: stringOrNull(legacy(customer, 'metadata', 'member')),
  card: readDefaultCard(customer) ?? readDefaultCard(subscription),
  discount: idOf(legacy(customer, 'discount')),
});
