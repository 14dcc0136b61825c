import { change, create } from '../events/record';
import { invalid } from '../http/errors';
import { newId } from '../store/ids';
import type { CustomerBalance } from '../types';
import type { World } from '../world';

/** Changes what a customer owes (positive) or has to its credit (negative), minor units. */
export function changeBalance(
  world: World,
  customerId: string,
  amount: number,
  type: CustomerBalance['type'],
  more: Partial<CustomerBalance> = {}
): CustomerBalance {
  const customer = world.tables.customers.get(customerId);
  if (!customer) throw invalid(`No such customer: '${customerId}'`, 'customer', 'resource_missing');
  const ending = customer.balance + amount;
  const row: CustomerBalance = {
    id: newId('cbtxn'),
    object: 'customer_balance_transaction',
    amount,
    checkout_session: null,
    created: world.now(customer.test_clock),
    credit_note: null,
    currency: customer.currency ?? 'usd',
    customer: customerId,
    customer_account: null,
    description: null,
    ending_balance: ending,
    invoice: null,
    livemode: world.livemode,
    metadata: {},
    type,
    ...more,
  };
  const made = create(world, world.tables.customerBalances, row);
  change(world, world.tables.customers, customerId, { balance: ending }, 'customer.updated');
  return made;
}
