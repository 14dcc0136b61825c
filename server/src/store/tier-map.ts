import type { Core } from '@strapi/strapi';
import type { TierKind, TierRef } from '../../../contracts';
import type { Inclusions } from '../domain/held';
import { table } from './table';

/** Every tier by documentId, and what each includes directly. Tiers are few: they are read whole. */
export const loadTierMap = async (
  strapi: Core.Strapi
): Promise<{
  tiers: ReadonlyMap<string, TierRef & { kind: TierKind }>;
  inclusions: Inclusions;
}> => {
  const refOf = ({ documentId, name, slug }: TierRef): TierRef => ({ documentId, name, slug });
  const rows = await table(strapi, 'tier').findMany({ populate: ['includes'] });
  return {
    tiers: new Map(rows.map((row) => [row.documentId, { ...refOf(row), kind: row.kind }])),
    inclusions: new Map(rows.map((row) => [row.documentId, (row.includes ?? []).map(refOf)])),
  };
};
