import Stripe from 'stripe';
import { RequestError } from '../errors';

/**
 * What Stripe answered, as an error of ours: 502 when it refused what we asked, 503 when it could not
 * be reached or was busy. Stripe's words name parameters, never keys.
 */
const asRequestError = (error: unknown): unknown => {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const refused =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeIdempotencyError ||
    error instanceof Stripe.errors.StripePermissionError;
  return refused
    ? new RequestError(502, `Stripe refused the request: ${error.message}`, {
        code: 'stripe-refused',
        stripeCode: error.code,
      })
    : new RequestError(503, 'Stripe cannot be reached right now; try again in a moment', {
        code: 'stripe-unavailable',
      });
};

/** Runs requests to Stripe and throws `asRequestError` of what they throw. */
export const askStripe = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asRequestError(error);
  }
};

/** Stripe's answer for what is not there, or not in this mode. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

/** What was asked for, or null when Stripe has no such thing: that is a fact, not a failure. */
export const unlessMissing = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};
