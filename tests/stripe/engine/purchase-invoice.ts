import { change } from '../events/record';
import type { CheckoutSession, PaymentIntent } from '../types';
import type { World } from '../world';
import type { CheckoutPlan } from './checkout-plan';
import { redeem } from './discounts';
import { finalizeInvoice, markPaid } from './invoices';
import { addItem, draftOneOff } from './one-off';
import { priceAmount, unitDecimal } from './price-amount';

/**
 * The invoice of a single payment whose session asked for one (`invoice_creation`), made once it is
 * paid: https://docs.stripe.com/payments/checkout/receipts#paid-invoices
 *
 * @param intent what paid it; undefined when nothing was due
 * @returns the id of the invoice, or null when none was asked for
 */
export function invoicePurchase(
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  customerId: string | null,
  intent: PaymentIntent | undefined
): string | null {
  const customer = world.tables.customers.get(customerId ?? '');
  if (!plan.invoice || !customer) return null;
  const { currency } = plan;
  const owner = { customer: customer.id, subscription: null };
  const discounts = plan.discounts.map((each) => redeem(world, owner, each, session.id, true).id);
  const { id } = draftOneOff(world, {
    customer,
    currency,
    collectionMethod: 'charge_automatically',
    daysUntilDue: null,
    subscription: undefined,
    includePending: false,
    // What the page took was taken from the card, whatever the customer's balance.
    fields: { auto_advance: false, discounts, starting_balance: 0 },
  });
  for (const { price, quantity } of plan.items) {
    addItem(world, {
      customer,
      amount: priceAmount(world, price, quantity, currency),
      currency,
      quantity,
      unitDecimal: unitDecimal(world, price, currency),
      price,
      description: null,
      invoice: id,
      subscription: null,
      discountable: true,
      metadata: {},
      period: undefined,
    });
  }
  finalizeInvoice(world, id, intent);
  markPaid(world, id);
  change(world, world.tables.checkoutSessions, session.id, { invoice: id });
  return id;
}
