import type { FieldDifference } from '../../../../contracts';

const asText = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** Objects with their keys in order: databases give JSON back in an order of their own. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, ordered(part)])
  );
};

const isSame = (here: unknown, stripe: unknown): boolean =>
  asText(ordered(here)) === asText(ordered(stripe));

/**
 * What a row and what would be written over it differ in.
 *
 * @param here the row
 * @param stripe the columns a sync would write; those it leaves out are not compared
 */
export const differencesOf = (
  object: string,
  here: object,
  stripe: Readonly<Record<string, unknown>>
): FieldDifference[] =>
  Object.entries(stripe).flatMap(([field, value]) => {
    const present: unknown = Reflect.get(here, field);
    return isSame(present, value)
      ? []
      : [{ object, field, here: asText(present), stripe: asText(value) }];
  });

/** An object that only one side has. */
export const whole = (object: string, here: unknown, stripe: unknown): FieldDifference[] => [
  { object, field: '*', here: asText(here), stripe: asText(stripe) },
];
