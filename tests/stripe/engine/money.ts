/** https://docs.stripe.com/currencies#zero-decimal and #three-decimal */
const zeroDecimal = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' ')
);
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '));

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const least = new Map(
  Object.entries({
    ...{ aed: 200, czk: 1500, dkk: 250, gbp: 30, hkd: 400, huf: 17500, jpy: 50, mxn: 1000 },
    ...{ myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1000 },
    ...{ aud: 50, brl: 50, cad: 50, chf: 50, eur: 50, inr: 50, nzd: 50, sgd: 50, usd: 50 },
  })
);

/** The smallest amount (minor units) that can be charged in a currency. */
export const leastOf = (currency: string): number => least.get(currency) ?? 1;

/** How many digits of an amount in minor units stand behind the decimal point. */
export function exponent(currency: string): number {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}

/** An amount in minor units as a reader sees it: `1250, 'eur'` is `€12.50`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = exponent(currency);
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}

/** `month` with 1 is `month`, with 3 is `3 months`. */
export function formatInterval(interval: string, count: number): string {
  return count === 1 ? interval : `${count} ${interval}s`;
}
