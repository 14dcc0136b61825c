import type Stripe from 'stripe';
import { inRange, listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { need, type World } from '../world';

/** What the account has, and how it came to it. All of it is pending: there are no payouts. */
export const balanceRoutes: Route[] = [
  route<Stripe.BalanceRetrieveParams>('GET /v1/balance', ({ world }) => ({
    object: 'balance',
    available: sums(world, 'available'),
    livemode: world.livemode,
    pending: sums(world, 'pending'),
  })),

  route<Stripe.BalanceTransactionRetrieveParams>(
    'GET /v1/balance_transactions/{id}',
    ({ world, id }) => need(world, (tables) => tables.balanceTransactions, id)
  ),

  route<Stripe.BalanceTransactionListParams>(
    'GET /v1/balance_transactions',
    ({ world, params }) => {
      const rows = world.tables.balanceTransactions
        .newestFirst()
        .filter(
          (row) =>
            (params.type === undefined || row.type === params.type) &&
            (params.source === undefined || row.source === params.source) &&
            (params.currency === undefined || row.currency === params.currency) &&
            inRange(row.created, params.created)
        );
      return listPage(rows, '/v1/balance_transactions', params);
    }
  ),
];

/** By currency, the account's own among them even when there is nothing in it. */
function sums(world: World, status: 'available' | 'pending') {
  const own = world.account.default_currency ?? 'usd';
  const byCurrency = new Map([[own, 0]]);
  const at = world.now();
  for (const { available_on, currency, net } of world.tables.balanceTransactions.all()) {
    if (available_on <= at !== (status === 'available')) continue;
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + net);
  }
  return [...byCurrency].map(([currency, amount]) => ({
    amount,
    currency,
    source_types: { card: amount },
  }));
}
