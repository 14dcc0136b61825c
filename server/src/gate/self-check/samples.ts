import type { Core } from '@strapi/strapi';
import { freePart } from '../../domain/paywall';
import type { LockedDocument } from '../../store/gate-report';
import type { Entry, Model } from '../../strapi-types';
import type { GatedType } from '../gated-types';

/** A text that only a protected field of one locked entry holds. */
export interface Needle {
  documentId: string;
  key: string;
  text: string;
}

// Shorter texts are found by chance; a custom excerpt may cut the longer ones.
const SHORTEST = 20;
const LONGEST = 60;

/** Attribute types whose values belong to the entry: what a relation leads to has its own rules. */
const OWN = new Set(['component', 'dynamiczone', 'media']);

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

const linesOf = (value: unknown): string[] => {
  if (typeof value === 'string') {
    return value
      .split('\n')
      .map((line) => line.trim().slice(0, LONGEST))
      .filter((line) => line.length >= SHORTEST);
  }
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== 'object' || value === null || value instanceof Date) return [];
  return Object.values(value).flatMap(linesOf);
};

/** The lines of a field, without those of its free part. */
const protectedLines = (type: GatedType, key: string, value: unknown): string[] => {
  const kind = type.paywalls.get(key);
  const free = new Set(kind ? linesOf(freePart(kind, value)) : []);
  return linesOf(value).filter((line) => !free.has(line));
};

const needlesOf = (entry: Entry, type: GatedType, model: Model): Needle[] => {
  const { documentId } = entry;
  if (typeof documentId !== 'string') return [];
  const keys = Object.keys(entry).filter(
    (key) => model.attributes[key] && model.attributes[key].type !== 'relation'
  );
  const open = new Set(
    keys.filter((key) => type.open.has(key)).flatMap((key) => linesOf(entry[key]))
  );
  return keys
    .filter((key) => !type.open.has(key))
    .flatMap((key) =>
      protectedLines(type, key, entry[key])
        .filter((text) => !open.has(text))
        .map((text) => ({ documentId, key, text }))
    );
};

/** What every entry says (“Subscribe to read on”) says nothing of one of them. */
const ownOnly = (needles: Needle[]): Needle[] => {
  const owners = new Map<string, Set<string>>();
  for (const { text, documentId } of needles) {
    owners.set(text, (owners.get(text) ?? new Set()).add(documentId));
  }
  return needles.filter(({ text }) => owners.get(text)?.size === 1);
};

/** Texts to look for in answers that should not hold them: site code may rename keys, or flatten. */
export const findNeedles = async (
  strapi: Core.Strapi,
  type: GatedType,
  model: Model,
  documents: readonly LockedDocument[]
): Promise<Needle[]> => {
  const drafts = model.options?.draftAndPublish ? { publishedAt: { $notNull: true } } : {};
  const entries: unknown = await strapi.db.query(type.uid).findMany({
    where: { documentId: { $in: documents.map(({ documentId }) => documentId) }, ...drafts },
    populate: Object.keys(model.attributes).filter((key) =>
      OWN.has(model.attributes[key]?.type ?? '')
    ),
  });
  return ownOnly(
    (Array.isArray(entries) ? entries.filter(isEntry) : []).flatMap((entry) =>
      needlesOf(entry, type, model)
    )
  );
};
