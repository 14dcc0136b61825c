import type { Core } from '@strapi/strapi';
import { property } from '../strapi-services';
import type { Entry, Model } from '../strapi-types';

/** An entry and the schema it has. */
export interface Placed {
  entry: Entry;
  model: Model;
}

/** Site code may hand over entries of its own making, without their ids: nothing is known of those. */
export type Draft = 'draft' | 'unknown';

/** null: it is none. */
export type IsDraft = (entry: Entry, model: Model | undefined) => Draft | null;

/** Below every database's limit of values in one statement. */
const CHUNK = 500;

const keyOf = (uid: string, id: unknown): string => `${uid}:${String(id)}`;

const hasDrafts = (model: Model | undefined): boolean => model?.options?.draftAndPublish === true;

/** Whether an answer leaves it open that an entry is one, or says so. */
export const mayBeDraft = ({ entry, model }: Placed): boolean =>
  hasDrafts(model) && (entry.publishedAt === undefined || entry.publishedAt === null);

const draftIds = async (strapi: Core.Strapi, uid: string, ids: number[]): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows: unknown[] = await strapi.db.query(uid).findMany({
      where: { id: { $in: ids.slice(at, at + CHUNK) }, publishedAt: null },
      select: ['id'],
    });
    found.push(...rows.map((row) => property(row, 'id')));
  }
  return found;
};

/**
 * Tells drafts from published entries. A caller who selects fields may leave `publishedAt` out, and a
 * draft can come all the same, by a polymorphic relation for example (`/api/upload/files`, whose
 * `related` knows no status): what the answer does not say is read from the database, one statement
 * per type, and only then.
 */
export const findDrafts = async (
  strapi: Core.Strapi,
  placed: readonly Placed[]
): Promise<IsDraft> => {
  const unsaid = new Map<string, number[]>();
  for (const { entry, model } of placed) {
    if (!hasDrafts(model) || entry.publishedAt !== undefined) continue;
    if (typeof entry.id !== 'number') continue;
    const ids = unsaid.get(model.uid) ?? [];
    ids.push(entry.id);
    unsaid.set(model.uid, ids);
  }
  const drafts = new Set<string>();
  for (const [uid, ids] of unsaid) {
    for (const id of await draftIds(strapi, uid, ids)) drafts.add(keyOf(uid, id));
  }
  return (entry, model) => {
    if (!model || !hasDrafts(model)) return null;
    if (entry.publishedAt !== undefined) return entry.publishedAt === null ? 'draft' : null;
    if (typeof entry.id !== 'number') return 'unknown';
    return drafts.has(keyOf(model.uid, entry.id)) ? 'draft' : null;
  };
};
