import type Stripe from 'stripe';
import { changeBalance } from '../engine/customer-balance';
import { change } from '../events/record';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { need } from '../world';
import { metadata } from './fields';

const path = '/v1/customers/{customer}/balance_transactions';

export const customerBalanceRoutes: Route[] = [
  route<Stripe.CustomerCreateBalanceTransactionParams>(`POST ${path}`, ({ world, id, params }) => {
    const customer = need(world, (tables) => tables.customers, id, 'customer');
    const currency = params.currency.toLowerCase();
    if (!customer.currency) change(world, world.tables.customers, id, { currency });
    return changeBalance(world, id, params.amount, 'adjustment', {
      currency,
      description: params.description ?? null,
      metadata: metadata(params.metadata),
    });
  }),

  route<Stripe.CustomerListBalanceTransactionsParams>(`GET ${path}`, ({ world, id, params }) => {
    const rows = world.tables.customerBalances.newestFirst().filter((row) => row.customer === id);
    return listPage(rows, `/v1/customers/${id}/balance_transactions`, params);
  }),

  route<Stripe.CustomerUpdateBalanceTransactionParams>(
    `POST ${path}/{transaction}`,
    ({ world, ids, params }) => {
      const was = need(world, (tables) => tables.customerBalances, ids[1] ?? '');
      return change(world, world.tables.customerBalances, was.id, {
        description: params.description ?? was.description,
        metadata: metadata(params.metadata, was.metadata ?? {}),
      });
    }
  ),

  route<Stripe.CustomerRetrieveBalanceTransactionParams>(
    `GET ${path}/{transaction}`,
    ({ world, ids }) => need(world, (tables) => tables.customerBalances, ids[1] ?? '')
  ),
];
