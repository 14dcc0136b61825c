/**
 * Money as Stripe counts it, for forms: what is typed in major units becomes minor units by moving
 * digits, never by multiplying (`1.005 * 100` is not 100.5). Pure; nothing of React or Strapi.
 */

/** Stripe charges these without a decimal part. */
const ZERO_DECIMAL = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const THREE_DECIMAL = 'bhd jod kwd omr tnd'.split(' ');
/** Zero-decimal by ISO 4217, but Stripe counts them in hundredths and wants `00` there. */
const WHOLE_ONLY = 'isk ugx'.split(' ');

/** What the price form offers, the most used first. */
export const COMMON_CURRENCIES: readonly string[] =
  `eur usd gbp chf jpy aud cad idr inr brl mxn sgd nzd sek nok dkk pln czk huf ron isk try ils zar
   ugx aed sar kwd bhd omr jod tnd mad krw hkd twd thb myr php vnd clp cop pen xof xaf`.split(
    /\s+/
  );

/** Digits after the decimal point of Stripe's minor units. */
export const exponentOf = (currency: string): 0 | 2 | 3 => {
  const code = currency.toLowerCase();
  if (ZERO_DECIMAL.includes(code)) return 0;
  return THREE_DECIMAL.includes(code) ? 3 : 2;
};

/** Stripe accepts only multiples of this many minor units. */
const stepOf = (currency: string): number => {
  const code = currency.toLowerCase();
  if (WHOLE_ONLY.includes(code)) return 100;
  return THREE_DECIMAL.includes(code) ? 10 : 1;
};

/** Digits after the decimal point that may be typed. */
export const decimalsOf = (currency: string): number =>
  exponentOf(currency) - Math.round(Math.log10(stepOf(currency)));

/** Stripe's own limit: eight digits of minor units. */
const MAX_DIGITS = 8;

export type AmountProblem = 'empty' | 'not-a-number' | 'too-many-decimals' | 'too-large' | 'zero';
export type ParsedAmount = { amount: number } | { problem: AmountProblem };

/** `parseAmount('12,5', 'eur')` → `{ amount: 1250 }`. A point or a comma parts the decimals. */
export const parseAmount = (text: string, currency: string): ParsedAmount => {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  const [, whole, typed = ''] = /^(\d+)(?:[.,](\d*))?$/.exec(trimmed) ?? [];
  if (whole === undefined) return { problem: 'not-a-number' };
  const decimals = typed.replace(/0+$/, '');
  if (decimals.length > decimalsOf(currency)) return { problem: 'too-many-decimals' };
  const digits = `${whole}${decimals.padEnd(exponentOf(currency), '0')}`.replace(/^0+/, '');
  if (digits === '') return { problem: 'zero' };
  if (digits.length > MAX_DIGITS) return { problem: 'too-large' };
  return { amount: Number(digits) };
};

/** Minor units as a number of major units, for showing only. */
export const toMajor = (amount: number, exponent: number): number => amount / 10 ** exponent;
