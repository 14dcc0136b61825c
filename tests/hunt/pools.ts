import * as fc from 'fast-check';
import { type Document } from './seed';

/** As much of an attribute as a guess needs. */
interface Kind {
  type: string;
  enum?: readonly string[];
}

/** Values that questions are asked with: those there are, and those that tell them apart. */
export interface Pools {
  documentIds(uid: string): readonly string[];
  words: readonly string[];
}

const WORDS = [
  ...['CANARY', 'one', 'seventeen', 'CANARY.gold', 'Free', 'Plain', 'Title', 'hunt', 'draft'],
  ...['a', '', '1', '%', 'nothing of the kind'],
];

export const poolsOf = (documents: readonly Document[]): Pools => ({
  words: WORDS,
  documentIds: (uid) => {
    const own = documents.filter(({ model }) => model.uid === uid);
    return [...own.map(({ documentId }) => documentId).slice(0, 12), 'nobody'];
  },
});

const DAY = 86_400_000;
const days = fc
  .integer({ min: -10, max: 500 })
  .map((day) => new Date(Date.UTC(2026, 0, 1, 10) + day * DAY).toISOString());

/** A value to compare an attribute with; mostly of its kind. */
export const guessOf = (attribute: Kind, pools: Pools): fc.Arbitrary<string> => {
  const words = fc.constantFrom(...pools.words);
  switch (attribute.type) {
    case 'integer':
    case 'biginteger':
      return fc.integer({ min: -1, max: 100 }).map(String);
    case 'decimal':
    case 'float':
      return fc.integer({ min: -1, max: 200 }).map((value) => String(value / 2));
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'enumeration':
      return fc.constantFrom(...(attribute.enum ?? []), 'none');
    case 'date':
      return days.map((day) => day.slice(0, 10));
    case 'time':
      return fc
        .integer({ min: 0, max: 23 })
        .map((hour) => `${String(hour).padStart(2, '0')}:30:00.000`);
    case 'datetime':
    case 'timestamp':
      return days;
    default:
      return words;
  }
};
