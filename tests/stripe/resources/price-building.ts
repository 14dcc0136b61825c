import { invalid, missingParam } from '../http/errors';
import { newId } from '../store/ids';
import type { Price } from '../types';
import type { World } from '../world';
import { metadata, text } from './fields';

/** What the several endpoints that make a price on the way have in common. */
export interface PriceGiven {
  active?: boolean;
  currency: string;
  product: string;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  lookup_key?: string;
  metadata?: Parameters<typeof metadata>[0];
  nickname?: string;
  recurring?: { interval: string; interval_count?: number; trial_period_days?: number } | undefined;
  tax_behavior?: string;
}

const longest = new Map([
  ['day', 1095],
  ['week', 156],
  ['month', 36],
  ['year', 3],
]);

/** A price as Stripe would answer it, or the refusal of what it would not take. */
export function buildPrice(world: World, given: PriceGiven): Price {
  const currency = given.currency.toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalid(`Invalid currency: ${given.currency}.`, 'currency');
  }
  const amount = given.unit_amount ?? wholeUnits(given.unit_amount_decimal);
  if (amount === undefined) throw missingParam('unit_amount');
  if (amount < 0) {
    throw invalid('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  }
  return {
    id: newId('price'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: 'per_unit',
    created: world.now(),
    currency,
    custom_unit_amount: null,
    livemode: world.livemode,
    lookup_key: text(given.lookup_key, null),
    metadata: metadata(given.metadata),
    nickname: text(given.nickname, null),
    product: given.product,
    recurring: given.recurring ? recurring(given.recurring) : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    unit_amount: amount,
    unit_amount_decimal: given.unit_amount_decimal ?? String(amount),
  };
}

function recurring(given: NonNullable<PriceGiven['recurring']>): Price['recurring'] {
  const count = given.interval_count ?? 1;
  const most = longest.get(given.interval) ?? 1;
  if (count < 1 || count > most) {
    throw invalid(
      `The maximum interval is three years: interval_count must be between 1 and ${most}.`,
      'recurring[interval_count]'
    );
  }
  return {
    interval: given.interval,
    interval_count: count,
    meter: null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: 'licensed',
  };
}

function wholeUnits(decimal: string | undefined): number | undefined {
  return decimal === undefined ? undefined : Math.round(Number(decimal));
}
