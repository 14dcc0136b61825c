/** A text field of a form: absent keeps what was, an empty string clears it. */
export function text(given: string | null | undefined, was: string | null): string | null {
  if (given === undefined) return was;
  return given === '' ? null : given;
}

type Metadata = Record<string, string>;
type MetadataParam = '' | null | Record<string, string | number | null> | undefined;

/**
 * Metadata merges key by key: an empty value removes its key, an empty string all of them
 * (https://docs.stripe.com/api/metadata).
 */
export function metadata(given: MetadataParam, was: Metadata = {}): Metadata {
  if (given === undefined) return was;
  if (given === '' || given === null) return {};
  const merged = new Map(Object.entries(was));
  for (const [key, value] of Object.entries(given)) {
    if (value === '' || value === null) merged.delete(key);
    else merged.set(key, String(value));
  }
  return Object.fromEntries(merged);
}
