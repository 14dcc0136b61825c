/** Stripe's seconds as our milliseconds. */
export const instant = (seconds: unknown): number | null =>
  typeof seconds === 'number' ? seconds * 1000 : null;

/** The id of a reference that Stripe sends as an id or, expanded, as the object. */
export const idOf = (reference: unknown): string | null => {
  if (typeof reference === 'string') return reference;
  if (typeof reference !== 'object' || reference === null) return null;
  const id: unknown = Reflect.get(reference, 'id');
  return typeof id === 'string' ? id : null;
};

/**
 * A property that today's types do not have: events come in the API version of their endpoint, and
 * until 2025-03-31.basil several of Stripe's fields lived elsewhere.
 */
export const legacy = (object: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    object
  );

/** The things of a list; none where there is no list, as in what an API version leaves out. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Text where Stripe's types promise some; empty where an API version has none. */
export const stringOr = (value: unknown, fallback: string): string =>
  typeof value === 'string' ? value : fallback;

export const stringOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value : null;

/** Our columns hold 255 characters; Stripe's names may be longer. */
export const shortOrNull = (value: unknown): string | null =>
  stringOrNull(value)?.slice(0, 255) ?? null;

/** No address is longer (RFC 5321), whatever Stripe keeps of one. */
const LONGEST_EMAIL = 254;

export const emailOrNull = (value: unknown): string | null => {
  const email = stringOrNull(value);
  return email !== null && email.length <= LONGEST_EMAIL ? email : null;
};

export const numberOr = (value: unknown, fallback: number): number =>
  typeof value === 'number' ? value : fallback;

export const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' ? value : null;
