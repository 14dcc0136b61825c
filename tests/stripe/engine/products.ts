import { newId } from '../store/ids';
import type { Product } from '../types';
import type { World } from '../world';

/** A product with nothing but what is given. */
export function buildProduct(world: World, given: Partial<Product> & { name: string }): Product {
  const now = world.now();
  return {
    id: newId('prod'),
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: world.livemode,
    marketing_features: [],
    metadata: {},
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
    ...given,
  };
}
