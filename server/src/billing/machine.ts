/**
 * The machine's own time in milliseconds, for what is a matter of the machine and not of the site: the
 * rate of requests to Stripe, and how far its clock is from Stripe's. Never a _now_ of anything.
 */
export const machineNow = (): number => Date.now();

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
