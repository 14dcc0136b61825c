import type { Core } from '@strapi/strapi';
import type { TierInput } from '../../../../contracts';
import { now } from '../../config';
import { slugify } from '../../domain/slug';
import { badRequest, conflict, notFound } from '../../errors';
import { isDuplicate, table, toIso, transaction, type TierRow } from '../../store';

/** @throws RequestError 404 */
export const findTier = async (strapi: Core.Strapi, documentId: string): Promise<TierRow> => {
  const tier = await table(strapi, 'tier').findOne({
    where: { documentId },
    populate: ['includes'],
  });
  if (!tier) throw notFound('There is no such tier', { field: 'documentId' });
  return tier;
};

const includedIds = async (
  strapi: Core.Strapi,
  documentIds: string[],
  self: string | null
): Promise<number[]> => {
  if (self !== null && documentIds.includes(self)) {
    throw badRequest('A tier cannot include itself', { field: 'includes' });
  }
  const rows = await table(strapi, 'tier').findMany({
    where: { documentId: { $in: documentIds } },
    populate: ['includes'],
  });
  if (rows.length !== new Set(documentIds).size) {
    throw badRequest('includes names a tier that does not exist', { field: 'includes' });
  }
  if (self !== null && (await reaches(strapi, documentIds, self))) {
    throw badRequest('These tiers would include each other in a circle', { field: 'includes' });
  }
  return rows.map(({ id }) => id);
};

/** Whether one of these tiers includes `target`, to any depth. */
const reaches = async (strapi: Core.Strapi, from: string[], target: string): Promise<boolean> => {
  const rows = await table(strapi, 'tier').findMany({ populate: ['includes'] });
  const next = new Map(
    rows.map((row) => [row.documentId, (row.includes ?? []).map(({ documentId }) => documentId)])
  );
  const seen = new Set<string>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === target) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...(next.get(id) ?? []));
  }
  return false;
};

const slugTaken = () => conflict('Another tier has this slug', { field: 'slug' });

const orSlugTaken = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw isDuplicate(error) ? slugTaken() : error;
  }
};

/** @throws RequestError 400 naming the field, 409 for a slug that is taken */
export const createTier = async (strapi: Core.Strapi, input: TierInput): Promise<string> => {
  const slug = input.slug ?? slugify(input.name);
  if (!slug) throw badRequest('Give a slug: none can be made from this name', { field: 'slug' });
  const { includes = [], ...rest } = input;
  const tiers = await table(strapi, 'tier').findMany({ select: ['rank'] });
  const rank = Math.max(0, ...tiers.map((tier) => tier.rank ?? 0)) + 1;
  const data = {
    kind: 'paid',
    ...rest,
    slug,
    rank,
    includes: await includedIds(strapi, includes, null),
  };
  const { documentId } = await orSlugTaken(() => table(strapi, 'tier').create({ data }));
  return documentId;
};

const isUsed = async (strapi: Core.Strapi, tier: TierRow): Promise<boolean> =>
  (await table(strapi, 'price').count({ where: { tier: tier.id } })) > 0 ||
  (await table(strapi, 'grant').count({ where: { tier: tier.id } })) > 0 ||
  (await table(strapi, 'movement').count({ where: { tier: tier.id } })) > 0;

/** @throws RequestError 404, 400 naming the field, 409 for a slug that is taken or a kind that is set */
export const updateTier = async (
  strapi: Core.Strapi,
  documentId: string,
  { includes, ...input }: Partial<TierInput>
): Promise<void> => {
  const tier = await findTier(strapi, documentId);
  if (input.kind && input.kind !== tier.kind && (await isUsed(strapi, tier))) {
    throw conflict('The kind of a tier with prices or members cannot change', { field: 'kind' });
  }
  const relation = includes && { includes: await includedIds(strapi, includes, documentId) };
  await orSlugTaken(() =>
    table(strapi, 'tier').update({ where: { id: tier.id }, data: { ...input, ...relation } })
  );
};

/** Archived: no longer sold; whoever holds it keeps it. */
export const archiveTier = async (
  strapi: Core.Strapi,
  documentId: string,
  archived: boolean
): Promise<void> => {
  const { id, archivedAt } = await findTier(strapi, documentId);
  if (archived === (archivedAt !== null)) return;
  const data = { archivedAt: archived ? toIso(now(strapi)) : null };
  await table(strapi, 'tier').update({ where: { id }, data });
};

/**
 * Refuses to lose what anything refers to, here or in Stripe.
 *
 * @throws RequestError 409 `tier-in-use`
 */
export const assertTierUnused = async (strapi: Core.Strapi, tier: TierRow): Promise<void> => {
  // A rule whose tiers are all gone closes what it was about to everybody.
  const rules = await table(strapi, 'rule').count({ where: { tiers: tier.id } });
  if (tier.stripeId !== null || rules > 0 || (await isUsed(strapi, tier))) {
    throw conflict('This tier was used: archive it instead', { code: 'tier-in-use' });
  }
};

/** @throws RequestError 404, 409 `tier-in-use` once anything refers to it: archive it instead */
export const deleteTier = async (strapi: Core.Strapi, documentId: string): Promise<void> => {
  const tier = await findTier(strapi, documentId);
  await assertTierUnused(strapi, tier);
  await table(strapi, 'tier').delete({ where: { id: tier.id } });
};

/** @throws RequestError 400 unless every tier is named once */
export const orderTiers = async (strapi: Core.Strapi, documentIds: string[]): Promise<void> => {
  await transaction(strapi, async () => {
    const tiers = await table(strapi, 'tier').findMany({ select: ['id', 'documentId', 'rank'] });
    const named = new Set(documentIds);
    const all = named.size === documentIds.length && tiers.length === named.size;
    if (!all || tiers.some(({ documentId }) => !named.has(documentId))) {
      throw badRequest('documentIds must name every tier once', { field: 'documentIds' });
    }
    for (const { id, documentId, rank } of tiers) {
      const place = documentIds.indexOf(documentId) + 1;
      if (rank !== place) {
        await table(strapi, 'tier').update({ where: { id }, data: { rank: place } });
      }
    }
  });
};
