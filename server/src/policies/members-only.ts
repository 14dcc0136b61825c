import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { getConfig } from '../config';
import { getService } from '../get-service';

/**
 * `plugin::memberships.members-only`: whoever is signed in and not suspended. Always a boolean or
 * an error: to Strapi a policy that returns nothing has allowed (`@strapi/core` server/policy).
 */
export const membersOnly = async (
  _context: unknown,
  _config: unknown,
  { strapi }: { strapi: Core.Strapi }
): Promise<boolean> => {
  const ctx = strapi.requestContext.get();
  if (!getConfig(strapi).access.enabled) return true;
  if (!ctx) return false;
  const standing = await getService(strapi, 'access').standing(ctx);
  if (standing.readAll || (standing.signedIn && !standing.suspended)) return true;
  if (!standing.signedIn) throw new errors.UnauthorizedError('Sign in to read this');
  // Strapi keeps the details of no other 403 (`@strapi/core` server/compose-endpoint).
  throw new errors.PolicyError('Your membership is suspended', {
    required: [],
    held: standing.held,
  });
};
