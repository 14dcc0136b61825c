import type { CurrencyOption, PriceTier } from '../engine/price-amount';
import { invalid, missingParam } from '../http/errors';
import { newId } from '../store/ids';
import type { Price } from '../types';
import type { World } from '../world';
import { metadata, text } from './fields';

interface TierGiven {
  flat_amount?: number | undefined;
  flat_amount_decimal?: string | undefined;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  up_to: 'inf' | number;
}

interface OptionGiven {
  tax_behavior?: string | undefined;
  tiers?: TierGiven[] | undefined;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
}

/** What the several endpoints that make a price on the way have in common. */
export interface PriceGiven {
  /** Of the account's own choice: only plans can have one. */
  id?: string | undefined;
  active?: boolean;
  billing_scheme?: string;
  currency: string;
  custom_unit_amount?: { enabled: boolean; maximum?: number; minimum?: number; preset?: number };
  currency_options?: Record<string, OptionGiven>;
  product: string;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  lookup_key?: string;
  metadata?: Parameters<typeof metadata>[0];
  nickname?: string;
  recurring?:
    | {
        interval: string;
        interval_count?: number | undefined;
        trial_period_days?: number | undefined;
        usage_type?: string | undefined;
        meter?: string | undefined;
      }
    | undefined;
  tax_behavior?: string;
  tiers?: TierGiven[];
  tiers_mode?: string;
  transform_quantity?: { divide_by: number; round: string };
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
  const tiered = given.billing_scheme === 'tiered';
  if (tiered && !given.tiers?.length) throw missingParam('tiers');
  if (tiered && !given.tiers_mode) throw missingParam('tiers_mode');
  if (!tiered && given.tiers) {
    throw invalid('You may only specify `tiers` with `billing_scheme=tiered`.', 'tiers');
  }
  const chosen = given.custom_unit_amount?.enabled === true;
  const amounts = tiered || chosen ? noAmounts : amountsOf(given, 'unit_amount');
  const id = given.id ?? newId('price');
  world.priceDetails.set(id, {
    tiers: given.tiers && tiersOf(given.tiers),
    currency_options: optionsOf(given),
  });
  return {
    id,
    object: 'price',
    active: given.active ?? true,
    billing_scheme: given.billing_scheme ?? 'per_unit',
    created: world.now(),
    currency,
    custom_unit_amount: chosen ? openAmount(given) : null,
    livemode: world.livemode,
    lookup_key: text(given.lookup_key, null),
    metadata: metadata(given.metadata),
    nickname: text(given.nickname, null),
    product: given.product,
    recurring: given.recurring ? recurring(given.recurring) : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: given.tiers_mode ?? null,
    transform_quantity: given.transform_quantity ?? null,
    type: given.recurring ? 'recurring' : 'one_time',
    ...amounts,
  };
}

/** What the buyer may choose, between two amounts where they are given. */
function openAmount({ custom_unit_amount: given }: PriceGiven): Price['custom_unit_amount'] {
  const { maximum = null, minimum = null, preset = null } = given ?? {};
  return { maximum, minimum, preset };
}

const noAmounts = { unit_amount: null, unit_amount_decimal: null };

/** A fraction of a minor unit leaves `unit_amount` empty, as on Stripe. */
function amountsOf(
  given: { unit_amount?: number | undefined; unit_amount_decimal?: string | undefined },
  param: string
) {
  const amount = given.unit_amount ?? Number(given.unit_amount_decimal ?? Number.NaN);
  if (Number.isNaN(amount)) throw missingParam(param);
  if (amount < 0 || (given.unit_amount !== undefined && !Number.isInteger(amount))) {
    throw invalid('Invalid non-negative integer', param, 'parameter_invalid_integer');
  }
  return {
    unit_amount: Number.isInteger(amount) ? amount : null,
    unit_amount_decimal: given.unit_amount_decimal ?? String(amount),
  };
}

function tiersOf(given: TierGiven[]): PriceTier[] {
  if (given.at(-1)?.up_to !== 'inf') {
    throw invalid('The last tier must define `up_to` as `inf`.', 'tiers');
  }
  return given.map((tier) => ({
    flat_amount: tier.flat_amount ?? null,
    flat_amount_decimal: tier.flat_amount_decimal ?? decimal(tier.flat_amount),
    unit_amount: tier.unit_amount ?? null,
    unit_amount_decimal: tier.unit_amount_decimal ?? decimal(tier.unit_amount),
    up_to: tier.up_to === 'inf' ? null : tier.up_to,
  }));
}

/** The price's own currency is among its options, as Stripe shows them. */
function optionsOf(given: PriceGiven): Record<string, CurrencyOption> {
  const own = given.currency.toLowerCase();
  return buildOptions({ ...(given.currency_options ?? {}), [own]: given });
}

/** A price in further currencies, as a price is made or changed. */
export function buildOptions(all: Record<string, OptionGiven>): Record<string, CurrencyOption> {
  return Object.fromEntries(
    Object.entries(all).map(([currency, option]) => [
      currency.toLowerCase(),
      {
        custom_unit_amount: null,
        tax_behavior: option.tax_behavior ?? 'unspecified',
        ...('custom_unit_amount' in option
          ? noAmounts
          : option.tiers
            ? { tiers: tiersOf(option.tiers), ...noAmounts }
            : amountsOf(option, `currency_options[${currency}][unit_amount]`)),
      },
    ])
  );
}

function decimal(amount: number | undefined): string | null {
  return amount === undefined ? null : String(amount);
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
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: given.usage_type ?? 'licensed',
  };
}
