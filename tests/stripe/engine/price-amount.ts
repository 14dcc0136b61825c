import type { Price } from '../types';
import type { World } from '../world';

/** One step of a tiered price. https://docs.stripe.com/products-prices/pricing-models#tiered-pricing */
export interface PriceTier {
  flat_amount: number | null;
  flat_amount_decimal: string | null;
  unit_amount: number | null;
  unit_amount_decimal: string | null;
  /** The last unit it holds for; `null` for all that follow. */
  up_to: number | null;
}

/** The same price in another currency. */
export interface CurrencyOption {
  custom_unit_amount: null;
  tax_behavior: string | null;
  tiers?: PriceTier[];
  unit_amount: number | null;
  unit_amount_decimal: string | null;
}

/** What Stripe knows of a price and only shows when it is asked for. */
export interface PriceDetails {
  tiers: PriceTier[] | undefined;
  currency_options: Record<string, CurrencyOption>;
}

/** Whether a price can be paid in a currency. */
export function hasCurrency(world: World, price: Price, currency: string): boolean {
  return currency === price.currency || optionIn(world, price, currency) !== undefined;
}

/**
 * What a quantity of a price costs, in minor units of the currency. A metered price costs nothing
 * in advance.
 */
export function priceAmount(
  world: World,
  price: Price,
  quantity: number,
  currency = price.currency
): number {
  if (price.recurring?.usage_type === 'metered') return 0;
  const option = currency === price.currency ? undefined : optionIn(world, price, currency);
  const tiers = option ? option.tiers : world.priceDetails.get(price.id)?.tiers;
  if (price.billing_scheme === 'tiered' && tiers) {
    return Math.round(
      price.tiers_mode === 'volume' ? volume(tiers, quantity) : graduated(tiers, quantity)
    );
  }
  return Math.round(unitOf(option ?? price) * packages(price, quantity));
}

/** One unit's price as a decimal, as lines show it. */
export function unitDecimal(world: World, price: Price, currency = price.currency): string {
  const option = currency === price.currency ? undefined : optionIn(world, price, currency);
  return (option ?? price).unit_amount_decimal ?? '0';
}

function optionIn(world: World, price: Price, currency: string): CurrencyOption | undefined {
  return world.priceDetails.get(price.id)?.currency_options[currency];
}

interface Amounts {
  unit_amount: number | null;
  unit_amount_decimal: string | null;
}

function unitOf({ unit_amount, unit_amount_decimal }: Amounts): number {
  return unit_amount ?? Number(unit_amount_decimal ?? 0);
}

/** `transform_quantity`: ten units to the package, rounded up or down. */
function packages(price: Price, quantity: number): number {
  const transform = price.transform_quantity;
  if (!transform) return quantity;
  const exact = quantity / transform.divide_by;
  return transform.round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

function volume(tiers: PriceTier[], quantity: number): number {
  const tier = tiers.find((each) => each.up_to === null || quantity <= each.up_to);
  return tier ? unitOf(tier) * quantity + (tier.flat_amount ?? 0) : 0;
}

function graduated(tiers: PriceTier[], quantity: number): number {
  let from = 0;
  let sum = 0;
  for (const tier of tiers) {
    const to = Math.min(quantity, tier.up_to ?? Infinity);
    if (from > 0 && to <= from) break;
    sum += unitOf(tier) * (to - from) + (tier.flat_amount ?? 0);
    from = to;
  }
  return sum;
}
