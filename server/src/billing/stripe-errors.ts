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
