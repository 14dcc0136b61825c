import { isUtf8 } from 'node:buffer';
import type Stripe from 'stripe';
import { badRequest } from '../../errors';
import { readEvent, type StripeEvent } from './event';

/** Stripe's own default, on both sides of now (docs.stripe.com/webhooks: signatures). */
const TOLERANCE_SECONDS = 300;

const FIELD = 'stripe-signature';

/**
 * When a delivery was signed, in seconds. Stripe names one instant; of several the library would take
 * the last, of `NaN` it would find that it is not too old.
 */
const signedAt = (header: string): number | null => {
  const [timestamp, ...more] = header.split(',').filter((part) => /^\s*t=/.test(part));
  const digits = timestamp?.match(/^t=(\d+)$/)?.[1];
  return digits === undefined || more.length > 0 ? null : Number(digits);
};

/** The library refuses a timestamp that is too old, not one that is to come. */
const isFromTheFuture = (seconds: number): boolean =>
  // The one place for the machine's own clock: Stripe signs with real time (DESIGN section 4).
  seconds > Date.now() / 1000 + TOLERANCE_SECONDS;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Whether a body is its text, byte for byte. The library decodes before it compares: a byte order mark
 * is dropped and whatever is no UTF-8 becomes U+FFFD, so that other bytes than the signed ones pass.
 */
const isExact = (raw: Buffer): boolean =>
  isUtf8(raw) && !raw.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);

const refused = (message: string) =>
  badRequest(message, { code: 'signature-invalid', field: FIELD });

/** Whether one of the secrets signed the body, not long ago: several are valid while one is rotated. */
const isSigned = (
  { signature }: Stripe['webhooks'],
  raw: Buffer,
  header: string,
  secrets: readonly string[]
): boolean =>
  secrets.some((secret) => {
    try {
      return signature?.verifyHeader(raw, header, secret, TOLERANCE_SECONDS) === true;
    } catch {
      // Whatever it throws: for a signature of no length it is not the library's own error.
      return false;
    }
  });

/** @returns undefined for what is no JSON */
const parse = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
};

/**
 * A delivery's event, once its raw bytes are proven to come from Stripe.
 *
 * @param header `Stripe-Signature`
 * @throws RequestError 400 `signature-invalid` or `payload-invalid`
 */
export const verify = (
  webhooks: Stripe['webhooks'],
  raw: Buffer,
  header: string | undefined,
  secrets: readonly string[]
): StripeEvent => {
  if (!header) throw refused('The Stripe-Signature header is missing');
  const timestamp = signedAt(header);
  if (timestamp === null) throw refused('The signature names no one time at which it was made');
  if (isFromTheFuture(timestamp)) throw refused('The signature is dated in the future');
  if (!isExact(raw) || !isSigned(webhooks, raw, header, secrets)) {
    throw refused('No signature matches the body, or it is older than five minutes');
  }
  const event = readEvent(parse(raw));
  if (!event) {
    throw badRequest('The body is not a Stripe event', { code: 'payload-invalid', field: 'body' });
  }
  return event;
};
