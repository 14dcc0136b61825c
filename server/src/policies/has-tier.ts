import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import * as yup from 'yup';
import { getConfig } from '../config';
import { getService } from '../get-service';
import { table } from '../store';

const config = yup
  .object({ tiers: yup.array().of(yup.string().required()).min(1).required() })
  .noUnknown(true)
  .strict(true)
  .required();

/** documentIds of tiers named by slug or documentId. */
const find = async (strapi: Core.Strapi, tiers: string[]): Promise<string[]> => {
  const rows = await table(strapi, 'tier').findMany({
    where: { $or: [{ slug: { $in: tiers } }, { documentId: { $in: tiers } }] },
    select: ['documentId'],
  });
  return rows.map((tier) => tier.documentId);
};

/**
 * `{ name: 'plugin::memberships.has-tier', config: { tiers: ['gold'] } }`: whoever holds one of the
 * tiers, or a tier that includes one. A name no tier has opens nothing.
 */
export const hasTier = {
  name: 'has-tier',
  /** Strapi calls it while routes are made: a wrong config stops the boot. */
  validator(given: unknown): void {
    config.validateSync(given);
  },
  async handler(
    _context: unknown,
    given: unknown,
    { strapi }: { strapi: Core.Strapi }
  ): Promise<boolean> {
    const { tiers } = config.validateSync(given);
    const ctx = strapi.requestContext.get();
    if (!getConfig(strapi).access.enabled) return true;
    if (!ctx) return false;
    const standing = await getService(strapi, 'access').standing(ctx);
    if (standing.readAll) return true;
    if (!standing.signedIn) throw new errors.UnauthorizedError('Sign in to read this');
    const required = await find(strapi, tiers);
    if (required.some((tier) => standing.opens.includes(tier))) return true;
    // Strapi keeps the details of no other 403 (`@strapi/core` server/compose-endpoint).
    throw new errors.PolicyError('Your membership does not include this', {
      required: tiers,
      held: standing.held,
    });
  },
};
