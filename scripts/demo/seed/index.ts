import type { Core } from '@strapi/strapi';
import { seedHistory } from './history/write';
import { seedMagazine } from './magazine';
import { seedAdmin, seedReader } from './people';
import { seedTiers } from './tiers';

export { LOGINS } from './people';

export interface SeedOptions {
  /** Milliseconds; dates in the magazine are counted from here. */
  now: number;
  /** The Stripe account the past readers belong to; without one there is no past. */
  account?: string;
}

/** Fills an empty site with the magazine; does nothing to what is already there. */
export const seed = async (strapi: Core.Strapi, { now, account }: SeedOptions): Promise<void> => {
  await seedAdmin(strapi);
  await seedTiers(strapi);
  await seedMagazine(strapi, now);
  await seedReader(strapi);
  if (account) await seedHistory(strapi, { account, livemode: false }, now);
};
