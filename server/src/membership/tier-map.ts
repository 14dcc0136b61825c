import type { Core } from '@strapi/strapi';
import type { TierRef } from '../../../contracts';
import type { Inclusions } from '../domain/held';
import { table } from '../store';
import { tierRef } from './present';

/** Every tier by documentId, and what each includes directly. Tiers are few: they are read whole. */
export const loadTierMap = async (
  strapi: Core.Strapi
): Promise<{ tiers: ReadonlyMap<string, TierRef>; inclusions: Inclusions }> => {
  const rows = await table(strapi, 'tier').findMany({ populate: ['includes'] });
  return {
    tiers: new Map(rows.map((row) => [row.documentId, tierRef(row)])),
    inclusions: new Map(rows.map((row) => [row.documentId, (row.includes ?? []).map(tierRef)])),
  };
};
