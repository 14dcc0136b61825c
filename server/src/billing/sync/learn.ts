import { findTierOfProduct, tiersByPrice } from '../../store';
import { idOf, legacy } from '../readers/common';
import type { SyncContext } from './context';

/** A line of something bought, as Stripe sends it: its price is an id or the object. */
interface Sold {
  price?: unknown;
  plan?: unknown;
}

/**
 * Learns the prices of what was bought before anybody is granted anything by it: one that was made in
 * Stripe's dashboard, on a product of ours, may be paid before its own event is here. Prices of other
 * products are another site's and are asked nothing about.
 *
 * @param follow works off another key first, under that key's own lease
 */
export const learnPrices = async (
  { strapi, scope }: Pick<SyncContext, 'strapi' | 'scope'>,
  sold: readonly Sold[],
  follow: (key: string) => Promise<void>
): Promise<void> => {
  const products = new Map(
    sold.flatMap(({ price, plan }): [string, string | null][] => {
      const source = price ?? plan;
      const id = idOf(source);
      return id === null ? [] : [[id, idOf(legacy(source, 'product'))]];
    })
  );
  const known = await tiersByPrice(strapi, scope, [...products.keys()]);
  for (const [id, product] of products) {
    if (known.has(id) || product === null) continue;
    if (await findTierOfProduct(strapi, scope, product)) await follow(`price:${id}`);
  }
};
