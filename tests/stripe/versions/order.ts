import Stripe from 'stripe';

/** The version every answer and event is made in: the installed library's. */
export const current: string = Stripe.API_VERSION;

/** Whether a version (`2025-10-29.clover`) came before another; their dates put them in order. */
export function isBefore(version: string, other: string): boolean {
  return version.slice(0, 10) < other.slice(0, 10);
}
