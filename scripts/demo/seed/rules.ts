import type { Core } from '@strapi/strapi';
import { UID } from '../../../server/src/constants';

const DAY = 24 * 60 * 60 * 1000;

/** Writes the access rule an entry's own fields describe (`visibility`, `tiers`, `opensInDays`, `dripDays`). */
export const seedRule = async (
  strapi: Core.Strapi,
  target: { uid: string; documentId: string; fields: Record<string, string>; now: number }
): Promise<void> => {
  const { uid, documentId, fields, now } = target;
  if (!fields.visibility) return;
  const where = { targetUid: uid, targetDocumentId: documentId };
  if (await strapi.db.query(UID.rule).findOne({ where })) return;

  const slugs = (fields.tiers ?? '').split(',').map((slug) => slug.trim());
  const tiers = await strapi.db.query(UID.tier).findMany({ where: { slug: { $in: slugs } } });
  await strapi.db.query(UID.rule).create({
    data: {
      ...where,
      visibility: fields.visibility,
      tiers: tiers.map(({ id }: { id: number }) => id),
      opensAt: fields.opensInDays
        ? new Date(now + Number(fields.opensInDays) * DAY).toISOString()
        : null,
      dripDays: fields.dripDays ? Number(fields.dripDays) : null,
    },
  });
};
