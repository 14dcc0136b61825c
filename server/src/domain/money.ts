/**
 * Digits after the decimal point of Stripe's amounts, where it is not two. ISK and UGX have no
 * decimals, but Stripe keeps their amounts two-decimal (docs.stripe.com/currencies, special cases).
 */
const EXPONENTS: Readonly<Record<string, 0 | 3>> = {
  bif: 0,
  clp: 0,
  djf: 0,
  gnf: 0,
  jpy: 0,
  kmf: 0,
  krw: 0,
  mga: 0,
  pyg: 0,
  rwf: 0,
  vnd: 0,
  vuv: 0,
  xaf: 0,
  xof: 0,
  xpf: 0,
  bhd: 3,
  jod: 3,
  kwd: 3,
  omr: 3,
  tnd: 3,
};

/** Digits after the decimal point of an amount in this currency: 0, 2 or 3. */
export const exponentOf = (currency: string): 0 | 2 | 3 => EXPONENTS[currency.toLowerCase()] ?? 2;

/** Stripe refuses larger amounts (docs.stripe.com/currencies: at most eight digits for most). */
export const MAX_AMOUNT = 99_999_999;
