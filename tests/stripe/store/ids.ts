import { randomInt } from 'node:crypto';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters and digits, as Stripe's ids and secrets end. */
export function token(length: number): string {
  return Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
}

/** Prefixes whose ids are short on Stripe; the others carry the account and are long. */
const short = new Set(['cus', 'prod', 'si']);

/** A new id with Stripe's prefix: `newId('cus')` is `cus_` and fourteen letters or digits. */
export function newId(prefix: string): string {
  return short.has(prefix) ? `${prefix}_${token(14)}` : `${prefix}_1${token(23)}`;
}
