import type Stripe from 'stripe';
import { create, emit } from '../events/record';
import { listPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import { newId } from '../store/ids';
import { need } from '../world';

const path = '/v1/customers/{customer}/tax_ids';

/** A customer's tax ids: kept and listed, never verified. */
export const taxIdRoutes: Route[] = [
  route<Stripe.CustomerCreateTaxIdParams>(`POST ${path}`, ({ world, id, params }) => {
    const customer = need(world, (tables) => tables.customers, id, 'customer');
    return create(
      world,
      world.tables.taxIds,
      {
        id: newId('txi'),
        object: 'tax_id',
        country: /^[A-Z]{2}/.exec(params.value)?.[0] ?? null,
        created: world.now(customer.test_clock),
        customer: id,
        customer_account: null,
        livemode: world.livemode,
        owner: { customer: id, customer_account: null, type: 'customer' },
        type: params.type,
        value: params.value,
        verification: { status: 'pending', verified_address: null, verified_name: null },
      },
      'customer.tax_id.created'
    );
  }),

  route<Stripe.CustomerListTaxIdsParams>(`GET ${path}`, ({ world, id, params }) => {
    need(world, (tables) => tables.customers, id, 'customer');
    const rows = world.tables.taxIds.newestFirst().filter((row) => row.customer === id);
    return listPage(rows, `/v1/customers/${id}/tax_ids`, params);
  }),

  route<Stripe.CustomerRetrieveTaxIdParams>(`GET ${path}/{id}`, ({ world, ids }) =>
    need(world, (tables) => tables.taxIds, ids[1] ?? '')
  ),

  route<Stripe.CustomerDeleteTaxIdParams>(`DELETE ${path}/{id}`, ({ world, ids }) => {
    const row = need(world, (tables) => tables.taxIds, ids[1] ?? '');
    world.tables.taxIds.remove(row.id);
    emit(world, 'customer.tax_id.deleted', row);
    return { id: row.id, object: 'tax_id', deleted: true };
  }),
];
