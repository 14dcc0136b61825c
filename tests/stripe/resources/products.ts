import type Stripe from 'stripe';
import { buildProduct } from '../engine/products';
import { change, create, emit } from '../events/record';
import { invalid, missingParam } from '../http/errors';
import { inRange, listPage, searchPage } from '../http/lists';
import { route, type Route } from '../http/routes';
import type { Product, Stored } from '../types';
import { need, type World } from '../world';
import { metadata, text } from './fields';
import { buildPrice } from './price-building';
import { matcher } from './search';

const products = (world: World) => world.tables.products;
const url = '/v1/products';

export const productRoutes: Route[] = [
  route<Stripe.ProductCreateParams>('POST /v1/products', ({ world, params }) => {
    if (params.name === '') throw missingParam('name');
    if (params.id && products(world).get(params.id)) {
      throw invalid('Product already exists.', 'id', 'resource_already_exists');
    }
    const made = create(
      world,
      products(world),
      buildProduct(world, {
        ...(params.id ? { id: params.id } : {}),
        active: params.active ?? true,
        description: text(params.description, null),
        images: params.images ?? [],
        marketing_features: params.marketing_features ?? [],
        metadata: metadata(params.metadata),
        name: params.name,
        shippable: params.shippable ?? null,
        statement_descriptor: text(params.statement_descriptor, null),
        tax_code: text(params.tax_code, null),
        type: params.type ?? 'service',
        unit_label: text(params.unit_label, null),
        url: text(params.url, null),
      }),
      'product.created'
    );
    if (!params.default_price_data) return made;
    const price = buildPrice(world, { ...params.default_price_data, product: made.id });
    create(world, world.tables.prices, price, 'price.created');
    return change(world, products(world), made.id, { default_price: price.id }, 'product.updated');
  }),

  route<Stripe.ProductListParams>('GET /v1/products', ({ world, params }) => {
    const rows = products(world)
      .newestFirst()
      .filter(
        (row) =>
          (params.active === undefined || row.active === params.active) &&
          (params.ids === undefined || params.ids.includes(row.id)) &&
          (params.url === undefined || row.url === params.url) &&
          inRange(row.created, params.created)
      );
    return listPage(rows, url, params);
  }),

  route<Stripe.ProductSearchParams>('GET /v1/products/search', ({ world, params }) => {
    const matches = matcher(params.query);
    return searchPage(products(world).newestFirst().filter(matches), `${url}/search`, params);
  }),

  route<Stripe.ProductRetrieveParams>('GET /v1/products/{id}', ({ world, id }) =>
    need(world, (tables) => tables.products, id)
  ),

  route<Stripe.ProductUpdateParams>('POST /v1/products/{id}', ({ world, id, params }) => {
    const before = need(world, (tables) => tables.products, id);
    const after = { ...before, ...changes(world, before, params) };
    const same = JSON.stringify(after) === JSON.stringify(before);
    const updated = same ? before.updated : world.now();
    return change(world, products(world), id, { ...after, updated }, 'product.updated');
  }),

  route<Stripe.ProductDeleteParams>('DELETE /v1/products/{id}', ({ world, id }) => {
    const row = need(world, (tables) => tables.products, id);
    if (world.tables.prices.filter((price) => price.product === id).length > 0) {
      throw invalid(
        'This product cannot be deleted because it has one or more user-created prices.',
        'id'
      );
    }
    emit(world, 'product.deleted', row);
    products(world).remove(id);
    return { id, object: 'product', deleted: true };
  }),
];

function changes(
  world: World,
  was: Product,
  given: Stored<Stripe.ProductUpdateParams>
): Partial<Product> {
  if (given.default_price) {
    need(world, (tables) => tables.prices, given.default_price, 'default_price');
  }
  return {
    active: given.active ?? was.active,
    default_price: text(given.default_price, was.default_price ?? null),
    description: text(given.description, was.description),
    images: given.images === undefined ? was.images : given.images || [],
    marketing_features:
      given.marketing_features === undefined
        ? was.marketing_features
        : given.marketing_features || [],
    metadata: metadata(given.metadata, was.metadata),
    name: given.name || was.name,
    tax_code: text(given.tax_code, was.tax_code ?? null),
    statement_descriptor: text(given.statement_descriptor, was.statement_descriptor ?? null),
    unit_label: text(given.unit_label, was.unit_label ?? null),
    url: text(given.url, was.url),
  };
}
