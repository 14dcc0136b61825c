import type Stripe from 'stripe';
import { buildProduct } from '../engine/products';
import { change, create } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Price, Product } from '../types';
import { need, type World } from '../world';
import { metadata, text } from './fields';
import { buildOptions, buildPrice } from './price-building';
import { matcher } from './search';

const prices = (world: World) => world.tables.prices;
const url = '/v1/prices';

export const priceRoutes: Route[] = [
  route<Stripe.PriceCreateParams>('POST /v1/prices', ({ world, params }) => {
    const { product_data: data, transfer_lookup_key: transfer, ...given } = params;
    if (!given.product && !data) throw missingParam('product');
    if (given.product) need(world, (tables) => tables.products, given.product, 'product');
    const row = buildPrice(world, { ...given, product: given.product ?? '' });
    freeLookupKey(world, row, transfer === true);
    const product = given.product ?? newProduct(world, data?.name ?? '', data?.metadata).id;
    return create(world, prices(world), { ...row, product }, 'price.created');
  }),

  route<Stripe.PriceListParams>('GET /v1/prices', ({ world, params }) => {
    const rows = prices(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.active === undefined || row.active === params.active) &&
          (params.currency === undefined || row.currency === params.currency) &&
          (params.product === undefined || row.product === params.product) &&
          (params.type === undefined || row.type === params.type) &&
          (params.lookup_keys === undefined ||
            (row.lookup_key !== null && params.lookup_keys.includes(row.lookup_key))) &&
          (params.recurring?.interval === undefined ||
            row.recurring?.interval === params.recurring.interval) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.PriceSearchParams>('GET /v1/prices/search', ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(prices(world).newestFirst().filter(matches), `${url}/search`, params);
  }),

  route<Stripe.PriceRetrieveParams>('GET /v1/prices/{price}', ({ world, id }) =>
    need(world, (tables) => tables.prices, id)
  ),

  route<Stripe.PriceUpdateParams>('POST /v1/prices/{price}', ({ world, id, params }) => {
    const was = need(world, (tables) => tables.prices, id);
    const after = { ...was, lookup_key: text(params.lookup_key, was.lookup_key) };
    freeLookupKey(world, after, params.transfer_lookup_key === true);
    const details = world.priceDetails.get(id);
    if (params.currency_options && details) {
      const more = buildOptions(params.currency_options);
      const currency_options = { ...details.currency_options, ...more };
      world.priceDetails.set(id, { ...details, currency_options });
    }
    return change(
      world,
      prices(world),
      id,
      {
        active: params.active ?? was.active,
        lookup_key: after.lookup_key,
        metadata: metadata(params.metadata, was.metadata),
        nickname: text(params.nickname, was.nickname),
        tax_behavior: params.tax_behavior ?? was.tax_behavior,
      },
      'price.updated'
    );
  }),
];

/** A lookup key belongs to one price: taking it from another must be asked for. */
function freeLookupKey(world: World, price: Price, transfer: boolean): void {
  if (price.lookup_key === null) return;
  const holder = prices(world).filter(
    (row) => row.lookup_key === price.lookup_key && row.id !== price.id
  )[0];
  if (!holder) return;
  if (!transfer) {
    throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, 'lookup_key');
  }
  change(world, prices(world), holder.id, { lookup_key: null }, 'price.updated');
}

function newProduct(world: World, name: string, given: Parameters<typeof metadata>[0]): Product {
  const row = buildProduct(world, { name, metadata: metadata(given) });
  return create(world, world.tables.products, row, 'product.created');
}
