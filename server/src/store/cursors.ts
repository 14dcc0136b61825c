import type { Core } from '@strapi/strapi';
import type { Scope } from './known';
import { table } from './table';
import { toIso } from './time';
import { isDuplicate } from './transaction';
import type { CursorRow } from './upkeep-rows';

/** How far Stripe's list of events was read; null before the first time. */
export const findCursor = (strapi: Core.Strapi, scope: Scope): Promise<CursorRow | null> =>
  table(strapi, 'cursor').findOne({ where: { ...scope } });

/**
 * Begins where the site begins: what was before is a full walk's to find.
 *
 * @param at milliseconds
 */
export const beginCursor = async (strapi: Core.Strapi, scope: Scope, at: number): Promise<void> => {
  const iso = toIso(at);
  try {
    await table(strapi, 'cursor').create({
      data: { ...scope, upTo: iso, polledAt: iso, found: 0 },
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
};

/**
 * @param upTo milliseconds: everything recorded until then was asked for
 * @param at milliseconds: now
 */
export const moveCursor = async (
  strapi: Core.Strapi,
  row: CursorRow,
  { upTo, at, found }: { upTo: number; at: number; found: number }
): Promise<void> => {
  await table(strapi, 'cursor').updateMany({
    where: { id: row.id },
    data: { upTo: toIso(upTo), polledAt: toIso(at), found: row.found + found },
  });
};
