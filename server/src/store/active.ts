import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { instant } from './sql';

/**
 * `isActive` of `domain/access` as a condition on the grants' table or its alias: the only place
 * where SQL says when a grant holds its tier.
 *
 * @param now milliseconds
 */
export const activeGrant = (strapi: Core.Strapi, grants: string, now: number): Knex.Raw => {
  const at = instant(strapi, now);
  const [starts, ends, revoked] = ['starts_at', 'ends_at', 'revoked_at'].map(
    (column) => `${grants}.${column}`
  );
  return strapi.db.connection.raw(
    `(?? is null or ?? <= ?) and (?? is null or ?? > ?) and (?? is null or ?? > ?)`,
    [starts, starts, at, ends, ends, at, revoked, revoked, at]
  );
};
