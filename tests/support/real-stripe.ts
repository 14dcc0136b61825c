import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Real objects of several API generations; data that is not in this repository. */
const DATA = path.resolve(__dirname, '../../../shared/stripe');

export type StripeObject = Record<string, unknown> & { object: string };

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStripeObject = (value: unknown): value is StripeObject =>
  isRecord(value) && typeof value.object === 'string';

/** Every Stripe object anywhere in a value. */
const objectsIn = (value: unknown): StripeObject[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isRecord(value)) return [];
  return [...(isStripeObject(value) ? [value] : []), ...Object.values(value).flatMap(objectsIn)];
};

/** A recording keeps its answers as text. */
const unfold = (value: unknown): unknown => {
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(unfold);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unfold(inner)]));
};

/** The files there are; none where the data is absent. */
export const files = (['objects', 'recorded'] as const).flatMap((folder) => {
  const at = path.join(DATA, folder);
  return existsSync(at)
    ? readdirSync(at)
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(at, name))
    : [];
});

/** Every Stripe object in them, with the file it is in. */
export const objects = files.flatMap((file) =>
  objectsIn(unfold(JSON.parse(readFileSync(file, 'utf8')))).map(
    (object) => [path.basename(file), object] as const
  )
);

const SKIPPED = `there is no ${DATA}: real Stripe objects are not part of this repository`;

/** `describe`, which says so and is skipped where the data is absent. */
export const withData = (name: string, tests: () => void): void => {
  if (files.length > 0) describe(name, tests);
  else describe.skip(`${name} (skipped: ${SKIPPED})`, tests);
};
