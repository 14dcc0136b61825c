import { createHash } from 'node:crypto';
import { type Attribute } from './schema';

/** Words a canary is written with: in the first generation, and in the second, which is longer. */
export const GENERATIONS = ['one', 'seventeen'] as const;
export const MARKER = '<!--members-only-->';

/** Whose a canary is. `shared`: of a file, which the file library shows to everybody. */
export interface Owner {
  rule: string;
  version: 'live' | 'draft' | 'shared';
}

export const canary = ({ rule, version }: Owner, n: number, late = false): string =>
  `CANARY.${rule}.${version}.${GENERATIONS[late ? 1 : 0]}.${n}`;

const PATTERN = /CANARY\.(\w+)\.(live|draft|shared)\.(?:one|seventeen)\b/gi;

/** The owners of every canary in a text, and of which there is one. */
export const ownersIn = (text: string): { rule: string; version: string }[] =>
  [...text.matchAll(PATTERN)].map(([, rule = '', version = '']) => ({
    rule: rule.toLowerCase(),
    version: version.toLowerCase(),
  }));

/** A number that a name always gives. */
export const numberOf = (...name: (string | number)[]): number =>
  createHash('sha1').update(name.join(' ')).digest().readUInt32BE(0);

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1, 10);

const blocks = (...texts: string[]) =>
  texts.map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] }));

export interface Wanted {
  /** What text attributes say. */
  text: string;
  /** The part above the paywall marker; absent: there is no marker. */
  free?: string | undefined;
  n: number;
  /** Of the second generation: every kind has another value then. */
  late?: boolean;
}

const within = (attribute: Attribute, value: number): number => {
  const { min, max } = attribute;
  const from = typeof min === 'number' ? min : 0;
  return Math.min(from + value, typeof max === 'number' ? max : Infinity);
};

/** A scalar of an attribute's kind; null for kinds nothing is known of. */
export const valueOf = (attribute: Attribute, { text, free, n, late }: Wanted): unknown => {
  const number = (n % 40) + (late ? 50 : 0);
  const at = new Date(START + number * 5 * DAY);
  switch (attribute.type) {
    case 'string':
    case 'text':
      return text.slice(0, attribute.maxLength ?? 10_000);
    case 'uid':
      return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    case 'richtext':
      return free === undefined ? text : `${free}\n\n${MARKER}\n\n${text}`;
    case 'blocks':
      return free === undefined ? blocks(text) : blocks(free, MARKER, text);
    case 'email':
      return `${text}@hunt.example`.toLowerCase();
    case 'integer':
      return within(attribute, number);
    case 'biginteger':
      return String(within(attribute, number));
    case 'decimal':
    case 'float':
      return within(attribute, number) + 0.5;
    case 'boolean':
      return (n + (late ? 1 : 0)) % 2 === 0;
    case 'enumeration': {
      const values = attribute.enum ?? [];
      return values[(n + (late ? 1 : 0)) % values.length];
    }
    case 'date':
      return at.toISOString().slice(0, 10);
    case 'time':
      return `${String(number % 24).padStart(2, '0')}:30:00.000`;
    case 'datetime':
    case 'timestamp':
      return at.toISOString();
    case 'json':
      return { secret: text, number };
    default:
      return null;
  }
};
