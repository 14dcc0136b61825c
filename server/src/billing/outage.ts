import type { Core } from '@strapi/strapi';
import Stripe from 'stripe';

/**
 * Whether Stripe is there to work with. It is logged when that changes: whatever is due is tried again
 * with every heartbeat, and an operator reads one line of an outage instead of thousands.
 */
export interface Outage {
  /**
   * Takes note of a failure.
   *
   * @returns whether it is Stripe's absence, which is then told already
   */
  explains(error: unknown): boolean;
  /** Stripe answered; its answer may be a refusal. */
  over(): void;
}

/** Stripe is not reached, is broken, has enough of us, or does not take the key. */
const isAway = (error: unknown): error is Error =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeAPIError ||
  error instanceof Stripe.errors.StripeRateLimitError ||
  error instanceof Stripe.errors.StripeAuthenticationError;

export const createOutage = ({ log }: Pick<Core.Strapi, 'log'>): Outage => {
  let isTold = false;
  return {
    explains(error) {
      if (!isAway(error)) return false;
      if (!isTold) {
        log.warn(
          `memberships: Stripe is away; members keep what they have, and what is due waits: ${error.message}`
        );
      }
      isTold = true;
      return true;
    },
    over() {
      if (isTold) log.info('memberships: Stripe is back; what waited is worked off');
      isTold = false;
    },
  };
};
