import Stripe from 'stripe';
import { badRequest } from '../../errors';
import { readEvent, type StripeEvent } from './event';

/** Stripe's own default, on both sides of now (docs.stripe.com/webhooks: signatures). */
const TOLERANCE_SECONDS = 300;

const FIELD = 'stripe-signature';

/** The library refuses a timestamp that is too old, not one that is to come. */
const isFromTheFuture = (header: string): boolean => {
  // Every one of them: the library goes by the last.
  const timestamps = [...header.matchAll(/(?:^|,)\s*t=(\d+)/g)].map(([, digits]) => Number(digits));
  // The one place for the machine's own clock: Stripe signs with real time (DESIGN section 4).
  return timestamps.some((timestamp) => timestamp > Date.now() / 1000 + TOLERANCE_SECONDS);
};

const refused = (message: string) =>
  badRequest(message, { code: 'signature-invalid', field: FIELD });

const parse = (
  webhooks: Stripe['webhooks'],
  raw: Buffer,
  header: string,
  secrets: readonly string[]
): unknown => {
  for (const secret of secrets) {
    try {
      return webhooks.constructEvent(raw, header, secret, TOLERANCE_SECONDS);
    } catch (error) {
      // Another secret may be the one: several are valid while one is rotated.
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) continue;
      // Signed, yet not JSON, or a thin event: the library throws errors of other kinds.
      throw badRequest('The body is not a Stripe event', {
        code: 'payload-invalid',
        field: 'body',
      });
    }
  }
  throw refused('No signature matches the body, or it is older than five minutes');
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
  if (isFromTheFuture(header)) throw refused('The signature is dated in the future');
  const event = readEvent(parse(webhooks, raw, header, secrets));
  if (!event) {
    throw badRequest('The body is not a Stripe event', { code: 'payload-invalid', field: 'body' });
  }
  return event;
};
