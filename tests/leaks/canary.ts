/** What is hidden in an entry: an attribute, its other language, its draft. */
export type Part =
  | 'body'
  | 'story'
  | 'seo'
  | 'text'
  | 'quote'
  | 'caption'
  | 'note'
  | 'fr'
  | 'draft'
  /** The free part of a draft: not even that is for members. */
  | 'preface'
  | 'file';

/** Two generations of every canary, of different length; the second replaces the first. */
export const FIRST = 'one';
export const SECOND = 'seventeen';

export interface Canary {
  rule: string;
  part: string;
}

export const canary = (rule: string, part: Part): string => `CANARY.${rule}.${part}.${FIRST}.`;

const PATTERN = /CANARY\.(\w+)\.(\w+)\.\w+\./g;

/** Every canary in a text. */
export const canariesIn = (text: string): Canary[] =>
  [...text.matchAll(PATTERN)].map(([, rule = '', part = '']) => ({ rule, part }));

/** The text without its canaries: what is left may not differ from one generation to the other. */
export const maskCanaries = (text: string): string => text.replace(PATTERN, 'CANARY');

/** A value of a row with its canaries of the other generation; undefined: it has none. */
export const nextGeneration = (value: unknown): unknown => {
  const text = JSON.stringify(value ?? null);
  const next = text.replace(
    /(CANARY\.\w+\.\w+\.)(one|seventeen)\./g,
    (_, name: string, now: string) => `${name}${now === FIRST ? SECOND : FIRST}.`
  );
  return next === text ? undefined : JSON.parse(next);
};
