import type { Core } from '@strapi/strapi';
import type { TierRef, Visibility } from '../../../contracts';
import { UID } from '../constants';
import {
  columnMs,
  columnText,
  joinTable,
  prepared,
  sqlTable,
  type Column,
  type SqlRow,
} from './sql';
import { table } from './table';
import { isDuplicate } from './transaction';

/** A document of any locale and version: what a rule belongs to. */
export interface DocumentRef {
  uid: string;
  documentId: string;
}

export interface StoredRule {
  visibility: Visibility;
  tiers: (TierRef & { archived: boolean })[];
  opensAt: number | null;
  dripDays: number | null;
}

export interface RuleData {
  visibility: Visibility;
  /** Database ids. */
  tiers: number[];
  opensAt: string | null;
  dripDays: number | null;
}

/** One string for a document, to key maps by. */
export const refKey = ({ uid, documentId }: DocumentRef): string => `${uid} ${documentId}`;

// SQLite takes 32,766 variables in a statement, PostgreSQL 65,535: twice as many and a uid each fit.
const CHUNK = 8_192;

const VISIBILITIES: Record<string, Visibility> = {
  public: 'public',
  members: 'members',
  paid: 'paid',
  tiers: 'tiers',
};

/** A word we do not know asks for a tier nobody holds: closed. */
const visibilityOf = (value: Column): Visibility =>
  VISIBILITIES[columnText(value) ?? ''] ?? 'tiers';

const chunksOf = <T>(list: readonly T[]): T[][] => {
  const chunks: T[][] = [];
  for (let at = 0; at < list.length; at += CHUNK) chunks.push(list.slice(at, at + CHUNK));
  return chunks;
};

/** How many documents of how many types are asked for, as `25` or `32,8`. */
type Shape = string;

const rulesFor = prepared<Shape>((strapi, shape) => {
  const tiers = joinTable(strapi, UID.rule, 'tiers');
  return strapi.db
    .connection(`${sqlTable(strapi, UID.rule)} as r`)
    .leftJoin(`${tiers.name} as j`, `j.${tiers.from}`, 'r.id')
    .leftJoin(`${sqlTable(strapi, UID.tier)} as t`, 't.id', `j.${tiers.to}`)
    .select({
      uid: 'r.target_uid',
      document_id: 'r.target_document_id',
      visibility: 'r.visibility',
      opens_at: 'r.opens_at',
      drip_days: 'r.drip_days',
      tier_document_id: 't.document_id',
      tier_name: 't.name',
      tier_slug: 't.slug',
      tier_archived_at: 't.archived_at',
    })
    .where((any) => {
      for (const count of shape.split(',')) {
        void any.orWhere((one) => {
          const documentIds = Array.from({ length: Number(count) }, () => '');
          void one.where('r.target_uid', '').whereIn('r.target_document_id', documentIds);
        });
      }
    })
    .orderBy([{ column: 't.rank' }, { column: 't.id' }]);
});

/** Up to a power of two, by asking for the last one more than once: few shapes, few texts to keep. */
const padded = (documentIds: string[]): string[] => {
  const last = documentIds.at(-1);
  if (last === undefined) return documentIds;
  const size = 2 ** Math.ceil(Math.log2(documentIds.length));
  return [...documentIds, ...Array.from({ length: size - documentIds.length }, () => last)];
};

const select = (strapi: Core.Strapi, refs: readonly DocumentRef[]): Promise<SqlRow[]> => {
  const byUid = new Map<string, string[]>();
  for (const { uid, documentId } of refs) {
    const documentIds = byUid.get(uid) ?? [];
    documentIds.push(documentId);
    byUid.set(uid, documentIds);
  }
  const groups = [...byUid]
    .map(([uid, documentIds]) => [uid, ...padded(documentIds)])
    .sort((a, b) => b.length - a.length);
  const shape = groups.map((group) => group.length - 1).join(',');
  return rulesFor(strapi, shape, groups.flat());
};

/** The rules of any number of documents, keyed by `refKey`: one statement for a page of them. */
export const findRules = async (
  strapi: Core.Strapi,
  refs: readonly DocumentRef[]
): Promise<Map<string, StoredRule>> => {
  const found = new Map<string, StoredRule>();
  for (const chunk of chunksOf(refs)) {
    for (const row of await select(strapi, chunk)) {
      const key = refKey({
        uid: columnText(row.uid) ?? '',
        documentId: columnText(row.document_id) ?? '',
      });
      const rule = found.get(key) ?? {
        visibility: visibilityOf(row.visibility),
        tiers: [],
        opensAt: columnMs(row.opens_at),
        dripDays: row.drip_days === null ? null : Number(row.drip_days),
      };
      const documentId = columnText(row.tier_document_id);
      if (documentId !== null) {
        rule.tiers.push({
          documentId,
          name: columnText(row.tier_name) ?? '',
          slug: columnText(row.tier_slug) ?? '',
          archived: columnText(row.tier_archived_at) !== null,
        });
      }
      found.set(key, rule);
    }
  }
  return found;
};

const whereOf = ({ uid, documentId }: DocumentRef) => ({
  targetUid: uid,
  targetDocumentId: documentId,
});

/** Writes a document's rule. Two editors at once end with one row: the unique index decides. */
export const saveRule = async (
  strapi: Core.Strapi,
  ref: DocumentRef,
  data: RuleData
): Promise<void> => {
  const rules = table(strapi, 'rule');
  const where = whereOf(ref);
  if (!(await rules.findOne({ where, select: ['id'] }))) {
    try {
      await rules.create({ data: { ...where, ...data } });
      return;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  await rules.update({ where, data: { ...data } });
};

export const deleteRule = async (strapi: Core.Strapi, ref: DocumentRef): Promise<void> => {
  await table(strapi, 'rule').delete({ where: whereOf(ref) });
};

/** Gives one document the rule of another; none when that has none. */
export const copyRule = async (
  strapi: Core.Strapi,
  from: DocumentRef,
  to: DocumentRef
): Promise<void> => {
  const rule = await table(strapi, 'rule').findOne({ where: whereOf(from), populate: ['tiers'] });
  if (!rule) return;
  await saveRule(strapi, to, {
    visibility: rule.visibility,
    tiers: (rule.tiers ?? []).map((tier) => tier.id),
    opensAt: rule.opensAt,
    dripDays: rule.dripDays,
  });
};
